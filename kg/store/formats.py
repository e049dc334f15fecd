"""The media types that answers and dumps come in, the preferred one of each group first."""

from __future__ import annotations

RESULT_FORMATS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
"""For SELECT and ASK."""

TRIPLE_FORMATS = (
    "text/turtle",
    "application/n-triples",
    "application/ld+json",
    "application/rdf+xml",
)
"""For CONSTRUCT and DESCRIBE, and for one graph."""

QUAD_FORMATS = (
    "application/trig",
    "application/n-quads",
    "application/ld+json",
)
"""For everything with its graph names."""
