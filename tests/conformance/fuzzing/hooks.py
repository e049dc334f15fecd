"""What schemathesis has to know of this service, beside its description."""

from __future__ import annotations

from typing import Any

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import JsonSchemaError


@schemathesis.serializer("application/sparql-query", "application/sparql-update")
def text_as_it_is(context: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a query or an update as the body itself."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", errors="replace")


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext, failure: Failure, case: schemathesis.Case[Any], response: schemathesis.Response
) -> bool:
    """Let answers lack what was not asked for: with ``fields`` they are parts of what is described."""
    return not (isinstance(failure, JsonSchemaError) and "fields" in (case.query or {}))
