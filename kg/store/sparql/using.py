"""Give an update the dataset that the SPARQL protocol names beside it (``using-graph-uri`` and ``using-named-graph-uri``).

Oxigraph takes a dataset for a query, but none for an update, so it is written into the text, as USING and USING NAMED before each WHERE.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.errors import QueryError
from kg.store.sparql.screening import ScreenedUpdate

_NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


def with_dataset(screened: ScreenedUpdate, *, using: Sequence[str], using_named: Sequence[str]) -> str:
    """Return the text of an update in which each operation with a WHERE has this dataset; the text as it is where none is given.

    Raise QueryError if an operation has USING or WITH of its own, as the protocol wants it, and for what is no IRI.
    """
    if not using and not using_named:
        return screened.text
    for iri in (*using, *using_named):
        if _NO_IRI.search(iri) or ":" not in iri:
            raise QueryError(f"{iri!r} names no graph: it is no absolute IRI. Write it whole, from its scheme on.")
    clause = " ".join([*(f"USING <{iri}>" for iri in using), *(f"USING NAMED <{iri}>" for iri in using_named)])
    text = screened.text
    for operation in reversed(screened.operations):
        if any(own.keyword in ("USING", "USING NAMED", "WITH") for own in operation.clauses):
            raise QueryError(
                "The update has USING or WITH, and the request has using-graph-uri or using-named-graph-uri. Give one or the other."
            )
        if operation.where is None:
            continue
        pattern = text[operation.where + len("WHERE") : operation.end]
        # DELETE WHERE is short for a DELETE of what its own pattern says, and takes no USING.
        deleted = f" {pattern} " if operation.kind == "DELETE WHERE" else " "
        text = f"{text[: operation.where]}{deleted}{clause} WHERE{pattern}{text[operation.end :]}"
    return text
