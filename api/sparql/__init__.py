"""The SPARQL 1.1 protocol: queries and updates by every way to send them, and the description of the service."""
