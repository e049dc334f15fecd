"""Who may do what: tokens, which a client sends as ``Authorization: Bearer …``, and their scopes.

A scope takes in those before it: read, write, admin. Tokens stand one to a line, in the file or the variable that the settings name:
``write 3f9c…``, the scope and the token, white space between them; behind ``#`` is a remark. Only their digests are kept, and each is
compared in constant time, whichever fits. They are never logged, nor told in an error.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.config import Settings
from kg.errors import SettingsError

Scope = Literal["read", "write", "admin"]

SCOPES: tuple[Scope, ...] = ("read", "write", "admin")
SHORTEST = 16
"""How many characters a token must have, so that nobody guesses it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The digests of the tokens that there are, each with its scope."""

    entries: tuple[tuple[bytes, Scope], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    def may(self, scope: Scope) -> bool:
        """Tell whether any token has this scope."""
        return any(SCOPES.index(held) >= SCOPES.index(scope) for _, held in self.entries)

    def scope_of(self, token: str) -> Scope | None:
        """Return the scope of a token, None for one that there is not. All are compared, so that time tells nothing."""
        digest = _digest(token)
        found = -1
        for known, scope in self.entries:
            same = hmac.compare_digest(known, digest)
            found = max(found, SCOPES.index(scope) if same else -1)
        return SCOPES[found] if found >= 0 else None


def load_tokens(settings: Settings) -> Tokens:
    """Read the tokens of the settings' file and variable. Raise SettingsError, which names the line and not what stands there."""
    entries = list(_read(settings.tokens.replace(";", "\n"), origin="tokens"))
    if settings.tokens_file is not None:
        try:
            text = Path(settings.tokens_file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{settings.tokens_file}: the tokens cannot be read ({type(error).__name__}). Check the file and its rights."
            ) from None
        entries += _read(text, origin=str(settings.tokens_file))
    if settings.private and not entries:
        raise SettingsError("private is set, but there are no tokens, so nobody could read. Set tokens or tokens_file.")
    return Tokens(tuple(entries))


def _read(text: str, *, origin: str) -> Iterator[tuple[bytes, Scope]]:
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        scope = next((scope for scope in SCOPES if scope == words[0]), None)
        if len(words) != 2 or scope is None:
            raise SettingsError(f"{origin}, line {number}: is no scope and token. Write a line as: write 3f9c…")
        if len(words[1]) < SHORTEST or not words[1].isascii():
            raise SettingsError(
                f"{origin}, line {number}: the token must have at least {SHORTEST} letters or digits. "
                "Make one with: python -c 'import secrets; print(secrets.token_urlsafe())'"
            )
        yield _digest(words[1]), scope


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
