"""Look-ups by subject: lists that come page by page, and all that is known of one thing."""
