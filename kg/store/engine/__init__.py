"""A store that many ask and write at once: queries in processes that can be stopped, and one writer."""
