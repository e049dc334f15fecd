"""What a request may do: the token that it brings, and what a route asks for."""

from __future__ import annotations

from typing import Any

from fastapi import Depends
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Connection

from api.problems import ProblemError
from api.security.tokens import SCOPES, Scope, Tokens

_OPEN = ("/health", "/docs", "/openapi.json")
"""What can be read without a token even on a private service; with all that is below."""


class Authenticated:
    """Middleware that reads the token of a request, and turns away those with a wrong one, or without one where reading needs one.

    Routes find the scope in ``request.state.scope``: None without a token.
    """

    def __init__(self, app: ASGIApp, *, tokens: Tokens, private: bool) -> None:
        self._app = app
        self._tokens = tokens
        self._private = private

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not self._tokens:  # then others in front may take care of who asks
            await self._app(scope, receive, send)
            return
        try:
            granted = self._granted(scope)
        except ProblemError as problem:
            await problem.response(instance=scope["path"])(scope, receive, send)
            return
        scope.setdefault("state", {})["scope"] = granted
        await self._app(scope, receive, send)

    def _granted(self, scope: Connection) -> Scope | None:
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
        if not given:
            if self._private and scope["method"] != "OPTIONS" and not _is_open(scope["path"]):
                raise unauthorized("This service is read with a token alone.")
            return None
        kind, _, token = given[0].partition(" ")
        granted = self._tokens.scope_of(token.strip()) if len(given) == 1 and kind.lower() == "bearer" else None
        if granted is None:
            raise unauthorized("The token is not valid.", error="invalid_token")
        return granted


def require(request: Request, scope: Scope) -> None:
    """Let a request go on that has this scope. Raise ProblemError: 403 where no tokens are set at all or the scope is too small, 401."""
    tokens: Tokens = request.app.state.tokens
    granted: Scope | None = getattr(request.state, "scope", None)
    if granted is not None and SCOPES.index(granted) >= SCOPES.index(scope):
        return
    if not tokens:
        raise ProblemError(
            403,
            "read-only",
            "The store is served for reading only, so updates are refused.",
            advice="Start the server with a token for writing (DEMARCHE_TOKENS_FILE), and send it. Queries go into the parameter 'query'.",
        )
    if granted is None:
        raise unauthorized(f"This needs a token with the scope {scope!r}.")
    raise ProblemError(
        403,
        "insufficient-scope",
        f"The token has the scope {granted!r}, and this needs {scope!r}.",
        advice="Use another token.",
        headers={"WWW-Authenticate": f'Bearer realm="demarche", error="insufficient_scope", scope="{scope}"'},
    )


def needs(scope: Scope) -> Any:
    """Return a dependency for routes that this scope alone may use."""

    def dependency(request: Request) -> None:
        require(request, scope)

    return Depends(dependency)


def unauthorized(detail: str, *, error: str | None = None) -> ProblemError:
    """Return the problem of a request without a valid token."""
    challenge = 'Bearer realm="demarche"' + (f', error="{error}"' if error is not None else "")
    return ProblemError(
        401,
        "unauthorized",
        detail,
        advice="Send a token: Authorization: Bearer … ; whoever runs the server gives them out.",
        headers={"WWW-Authenticate": challenge},
    )


def _is_open(path: str) -> bool:
    return any(path == root or path.startswith(f"{root}/") for root in _OPEN)
