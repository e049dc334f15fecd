"""The neural part of the pipeline: a MiniLM encoder with heads for tags, lemmas, trees, names and coreference, run by onnxruntime."""
