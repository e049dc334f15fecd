"""From extractions to RDF and back to what people ask of it."""
