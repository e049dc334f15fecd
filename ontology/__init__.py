"""The ontology, its shapes, its questions and its examples: data files that ship with the package."""
