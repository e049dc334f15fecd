"""Ids of documents, made from where they come from or, where that has no name, from what they say.

Two sources of the same name get the same id: whoever reads several compares them (``sources.read_all`` does).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

LONGEST = 80
"""A longer slug is cut there, and told apart by a hash."""

_PAGE_ENDINGS = re.compile(r"\.(html?|xhtml|php|aspx?|jsp|txt|md|pdf)$", re.IGNORECASE)


def slug(name: str) -> str:
    """Return a name in the letters a–z, digits, ``.``, ``_`` and ``-``, so that it can stand in an IRI.

    Accents are taken off; a name that loses letters by that (Cyrillic, Arabic, Chinese) or is too long ends in a hash of itself.
    """
    folded = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    kept = re.sub(r"[^a-z0-9._]+", "-", plain.lower()).strip("-._")
    lost = any(letter.isalnum() and not letter.isascii() for letter in plain)
    if kept and not lost and len(kept) <= LONGEST:
        return kept
    return f"{kept[:LONGEST].strip('-._')}-{_hash(name)}".lstrip("-")


def id_of_path(path: PurePath) -> str:
    """Return the id of a file: the slug of its name without the suffix."""
    return slug(path.stem)


def id_of_url(url: str) -> str:
    """Return the id of a page: the slug of host and path, with a hash of the query where there is one."""
    parts = urlsplit(url)
    path = _PAGE_ENDINGS.sub("", unquote(parts.path).rstrip("/"))
    base = slug(f"{(parts.hostname or '').removeprefix('www.')}{path}")
    return f"{base}-{_hash(parts.query)}" if parts.query else base


def id_of_content(data: bytes) -> str:
    """Return the id of what came through standard input: ``stdin-`` and a hash of it."""
    return f"stdin-{hashlib.sha256(data).hexdigest()[:12]}"


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
