"""From a document to a parsed text with entities, coreference, quotations and times."""
