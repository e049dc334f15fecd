"""Demarche: from diplomatic statements to a graph of meetings, agreements, issues and positions."""

__version__ = "0.5.0"
