"""The command line: ``kg``. The one package that prints.

Exit codes: 0 done, 1 something could not be done (the message on standard error says what and what to do), 2 wrong usage.
"""

from __future__ import annotations

import os
import sys

# The commands appear in the help in the order in which they are imported.
# isort: off
from kg.cli import documents  # noqa: F401
from kg.cli import asking  # noqa: F401
from kg.cli import curating  # noqa: F401
from kg.cli import exporting  # noqa: F401
from kg.cli import keeping  # noqa: F401
from kg.cli import serving  # noqa: F401

# isort: on
from kg.cli.console import app, say
from kg.errors import DemarcheError

__all__ = ["main"]


def main() -> None:
    """Run the command line; every error of ours ends in one line on standard error and exit code 1."""
    try:
        app()
    except DemarcheError as error:
        say(str(error))
        sys.exit(1)
    except BrokenPipeError:
        # The reader has gone (`kg … | head`): that is its right, and no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
