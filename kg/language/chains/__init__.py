"""Which noun phrases and pronouns of a text speak of the same thing: candidate phrases, what they look like, and a trained ranker."""
