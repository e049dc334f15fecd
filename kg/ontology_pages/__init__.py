"""The ontology as a page for people: ``python -m kg.ontology_pages``, or ``make ontology``."""
