"""Plain text from bytes. Pure.

The text stays what it is, since offsets count in it: a byte order mark is dropped and CRLF becomes LF, and no more. UTF-8 is
read, and UTF-16 and UTF-32 where a byte order mark says so; nothing is guessed.
"""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 before UTF-16: the mark of the one begins with the mark of the other."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf]")


def read_text(data: bytes, *, source: str, encoding: str = "utf-8") -> str:
    """Return the text of a plain-text source; ``encoding`` is the one that a server named.

    Raises ReadingError for bytes that are no text in the encodings above, for control characters (a binary file), and for a
    source that is empty or only white space.
    """
    return check_text(decode(data, source=source, encoding=encoding).replace("\r\n", "\n"), source=source)


def decode(data: bytes, *, source: str, encoding: str = "utf-8") -> str:
    """Decode by the byte order mark, or else as ``encoding``, named as on the web. Raises ReadingError with the byte at fault."""
    for mark, marked in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], marked
            break
    else:
        encoding = _web_encoding(encoding)
    if encoding == "utf-8" and b"\x00" in data[:8192]:
        raise ReadingError(f"{source}: binary, not text (it holds NUL bytes). Save it as plain text, HTML or PDF.")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and _SURROGATE_IN_UTF8.match(data, error.start):
            raise ReadingError(
                f"{source}: a lone surrogate, half of a character, at byte {error.start}. Save the file again as UTF-8."
            ) from error
        raise ReadingError(
            f"{source}: not {encoding.upper()}: byte {error.start} does not fit ({error.reason}). "
            f"Convert it to UTF-8, for example by: iconv -f WINDOWS-1252 -t UTF-8."
        ) from error
    except (LookupError, ValueError) as error:
        raise ReadingError(
            f"{source}: {encoding!r} is no encoding of text that is known. Convert the source to UTF-8."
        ) from error


def _web_encoding(name: str) -> str:
    """Return Python's name of an encoding; what calls itself ISO 8859-1 or ASCII on the web is Windows-1252."""
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return name
    return "windows-1252" if canonical in ("iso8859-1", "ascii") else canonical


def check_text(text: str, *, source: str) -> str:
    """Return the text if it is one: not blank, no lone surrogates, no control characters but tab and the line and page breaks."""
    if not text or text.isspace():
        raise ReadingError(f"{source}: empty, or only white space. There is nothing to read in it; name another source.")
    surrogate = _SURROGATE.search(text)
    if surrogate is not None:
        raise ReadingError(
            f"{source}: a lone surrogate, half of a character, at character {surrogate.start()} "
            f"(\\u{ord(surrogate[0]):04x}). Write the whole character, or take it out."
        )
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise ReadingError(
            f"{source}: the control character U+{ord(control[0]):04X} in line {line}: a binary, or a damaged text. "
            f"Save it as plain text, or take the character out."
        )
    return text


def clean_text(text: str) -> str:
    """Return text that a converter made (from HTML or PDF) without control characters and lone surrogates."""
    return _SURROGATE.sub("�", _CONTROL.sub("", text.replace("\r\n", "\n")))
