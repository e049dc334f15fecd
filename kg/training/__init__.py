"""How the shipped weights are made and measured, from corpora that lie outside the project."""
