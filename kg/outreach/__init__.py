"""Other hosts: which of them may be asked, and how they are, so that nobody else ever is."""
