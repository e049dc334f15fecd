"""Turn words into the readable, plain part of an id or an IRI."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)
def slug(words: str, *, keep: str = "", most: int = 60) -> str:
    """Return words in the letters a–z and digits, joined by hyphens; never empty, and the same for the same words.

    Accents, full stops and apostrophes are taken off ("U.S. officials" becomes "us-officials"); the characters of ``keep`` stay. Words
    that lose letters by that (Cyrillic, Arabic, Chinese) or that are longer than ``most`` end in a digest of themselves, so that
    different words keep apart.
    """
    folded = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c)).lower()
    dropped = "".join({".", "'", "’"} - set(keep))
    plain = folded.translate(str.maketrans("", "", dropped))
    short = re.sub(f"[^a-z0-9{re.escape(keep)}]+", "-", plain).strip(f"-{keep}")
    lost = any(character.isalnum() and not character.isascii() for character in folded)
    if short and not lost and len(short) <= most:
        return short
    return f"{short[:most].strip(f'-{keep}')}-{digest(words)}".lstrip("-")


def digest(words: str) -> str:
    """Return eight hexadecimal digits of a hash of words."""
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]
