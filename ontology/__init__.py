"""The data that Demarche reads: ontology, shapes, frames, gazetteer, questions. Files only; nothing to import."""
