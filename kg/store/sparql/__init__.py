"""What a query or an update says, told from its words, and what is wrong with one."""
