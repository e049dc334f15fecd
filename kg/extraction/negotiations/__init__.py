"""Read who negotiates with whom, and the texts on their table."""
