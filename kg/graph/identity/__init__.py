"""Which things of different documents are one: found by rules over their records, overruled by what people decided."""
