"""What a process that evaluates strangers' queries must not do: reach the network, outlive the server, or eat its memory.

Each measure is taken where the system allows it; ``confine`` says which ones were. They are Linux's own calls, which Python 3.11
has no names for. Memory is limited by ``RLIMIT_DATA``: it counts what the process allocates, and not the files that RocksDB maps nor
the address space that allocators reserve, as ``RLIMIT_AS`` would; and the system itself enforces it, at once, where a watch
on the resident size would see a fast query too late. An allocation past it fails, and Rust then ends the process.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_PAGE = resource.getpagesize()


def confine(*, parent: int, network: bool = False, nice: int = 0) -> list[str]:
    """Confine this process, before it has threads; return the names of the measures that were taken.

    ``parent`` is the process without which this one ends; ``network`` leaves it the network.
    """
    taken = []
    if not network and cut_network():
        taken.append("no network")
    if die_with(parent):
        taken.append("dies with the server")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        os.nice(nice)
    with suppress(OSError):
        # Where the machine runs out of memory, the system shall take a worker and not the server.
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")
        taken.append("first to go")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return taken


def cut_network() -> bool:
    """Move to a network of its own, which has no way out; needs root or namespaces for users. Tell whether it worked."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(_CLONE_NEWNET) == 0 or libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0)


def die_with(parent: int) -> bool:
    """Have the system kill this process when its parent ends, even in the middle of a query. Tell whether it will."""
    if not sys.platform.startswith("linux"):
        return False
    set_ = ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0) == 0
    if os.getppid() != parent:  # it ended before it could be told
        os._exit(1)
    return bool(set_)


def limit_memory(more: int) -> None:
    """Let this process allocate so many bytes more than it has now."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, IndexError):  # no Linux: what it has now is small
        pages = 0
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (pages * _PAGE + more, resource.RLIM_INFINITY))
