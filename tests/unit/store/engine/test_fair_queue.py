"""Whoever asks much waits behind himself."""

from __future__ import annotations

from kg.store.engine.fair_queue import FairQueue


def test_queue_gives_each_client_a_turn() -> None:
    queue: FairQueue[str] = FairQueue(10)
    for item, client in (("a1", "a"), ("a2", "a"), ("a3", "a"), ("b1", "b"), ("c1", "c"), ("b2", "b")):
        queue.put(item, client=client)
    assert [queue.take() for _ in range(7)] == ["a1", "b1", "c1", "a2", "b2", "a3", None]


def test_queue_forgets_what_is_removed() -> None:
    queue: FairQueue[str] = FairQueue(2)
    queue.put("a1", client="a")
    queue.put("b1", client="b")
    assert queue.full
    queue.remove("a1", client="a")
    queue.remove("a1", client="a")
    assert (len(queue), queue.full, queue.take(), queue.take()) == (1, False, "b1", None)
