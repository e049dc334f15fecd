"""Text from PDF. Pure. The text is what the file says it is, page after page; pages that are images have none."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from kg.errors import ReadingError
from kg.reading.text import check_text, clean_text

MAGIC = b"%PDF-"


def read_pdf(data: bytes, *, source: str) -> tuple[str, str | None]:
    """Return the text of a PDF and its title, if it has one.

    Raises ReadingError for a file that is broken, encrypted, or without text (a scan).
    """
    try:
        with _quiet():
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise _locked(source)
            pages = [page.extract_text() for page in reader.pages]
            title = reader.metadata.title if reader.metadata is not None else None
    except ReadingError:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise _locked(source) from error
    except Exception as error:  # a damaged PDF can fail in any part of the parser, by any built-in exception
        raise ReadingError(f"{source}: not a PDF that can be read ({type(error).__name__}: {error}). Save it again.") from error
    text = clean_text("\n\n".join(page.strip() for page in pages if page.strip()))
    if not text:
        raise ReadingError(
            f"{source}: a PDF without text, probably scanned. Make its text by OCR first, for example by: ocrmypdf."
        )
    return check_text(text, source=source), clean_text(title).strip() or None if isinstance(title, str) else None


def _locked(source: str) -> ReadingError:
    return ReadingError(f"{source}: an encrypted PDF. Save it without a password, for example by: qpdf --decrypt.")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf's remarks on mended faults off the user's terminal."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
