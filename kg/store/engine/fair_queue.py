"""A queue with turns: whoever asks much waits behind himself, and not everybody behind him."""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class FairQueue(Generic[T]):
    """First come, first served among what one client asked; clients take turns. Holds ``most`` items at most."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._queues: OrderedDict[str, deque[T]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        """Return how many items wait."""
        return self._count

    @property
    def full(self) -> bool:
        """Whether there is no room for another."""
        return self._count >= self._most

    def put(self, item: T, *, client: str) -> None:
        """Add an item; whether there is room is for the caller to ask before."""
        self._queues.setdefault(client, deque()).append(item)
        self._count += 1

    def take(self) -> T | None:
        """Take out the item whose turn it is; None when there is none."""
        if not self._queues:
            return None
        client, queue = self._queues.popitem(last=False)
        item = queue.popleft()
        self._count -= 1
        if queue:
            self._queues[client] = queue  # at the end: the others come first
        return item

    def remove(self, item: T, *, client: str) -> None:
        """Take out an item that need not wait any more; one that is not there is let be."""
        queue = self._queues.get(client)
        if queue is None or item not in queue:
            return
        queue.remove(item)
        self._count -= 1
        if not queue:
            del self._queues[client]
