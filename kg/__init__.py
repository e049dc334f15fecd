"""Demarche: diplomatic statements in, a knowledge graph of who said, met, agreed and refused what out."""

__version__ = "0.3.0"
