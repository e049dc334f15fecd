"""From files, URLs and standard input to documents."""
