"""Read who met whom, where and when."""
