"""Where the corpora and the annotated statements lie; tests that need them skip where they are not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared(*parts: str) -> Path:
    """Return a path below ``DEMARCHE_SHARED``; skip the test where there is none, or fail if ``DEMARCHE_REQUIRE_SHARED`` is set."""
    folder = os.environ.get("DEMARCHE_SHARED")
    path = Path(folder).joinpath(*parts) if folder else None
    if path is None or not path.exists():
        reason = f"{'/'.join(parts)} is not there; name the folder it lies in with DEMARCHE_SHARED"
        if os.environ.get("DEMARCHE_REQUIRE_SHARED"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
