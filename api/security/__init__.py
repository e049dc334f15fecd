"""Who may do what, and how much: tokens and their scopes, limits, and headers that keep browsers careful."""
