"""Where graphs are kept and asked."""
