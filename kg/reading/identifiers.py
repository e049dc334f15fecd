"""Ids of documents, made from where they come from or, where that has no name, from what they say.

Two sources of the same name get the same id: whoever reads several compares them (``sources.read_all`` does).
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from kg.slugs import digest, slug

KEPT = "._"
LONGEST = 80
"""A longer slug is cut there, and told apart by a hash."""

_PAGE_ENDINGS = re.compile(r"\.(html?|xhtml|php|aspx?|jsp|txt|md|pdf)$", re.IGNORECASE)


def id_of_path(path: PurePath) -> str:
    """Return the id of a file: the slug of its name without the suffix."""
    return slug(path.stem, keep=KEPT, most=LONGEST)


def id_of_url(url: str) -> str:
    """Return the id of a page: the slug of host and path, with a hash of the query where there is one."""
    parts = urlsplit(url)
    path = _PAGE_ENDINGS.sub("", unquote(parts.path).rstrip("/"))
    base = slug(f"{(parts.hostname or '').removeprefix('www.')}{path}", keep=KEPT, most=LONGEST)
    return f"{base}-{digest(parts.query)}" if parts.query else base


def id_of_content(data: bytes) -> str:
    """Return the id of what came through standard input: ``stdin-`` and a hash of it."""
    return f"stdin-{hashlib.sha256(data).hexdigest()[:12]}"
