"""Changing a store that is being served: documents come and go, and people decide who is who."""
