"""What schemathesis has to know of this service, beside its description."""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData, Failure, ServerError
from schemathesis.openapi.checks import JsonSchemaError


@schemathesis.serializer("application/sparql-query", "application/sparql-update")
def text_as_it_is(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a query or an update as the body itself."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", errors="replace")


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext, failure: Failure, case: schemathesis.Case[Any], response: schemathesis.Response
) -> bool:
    """Tell whether it is one, and not what the documentation has, too.

    With ``fields`` answers are parts of what is described; any body is a text; a query may be stopped, and a server be busy.
    """
    if isinstance(failure, JsonSchemaError):
        return "fields" not in (case.query or {})
    if isinstance(failure, AcceptedNegativeData):
        return not str(case.media_type).startswith(("text/", "application/sparql-"))
    return not (
        isinstance(failure, ServerError) and response.status_code in (503, 504, 507) and "#store-failed" not in response.text
    )
