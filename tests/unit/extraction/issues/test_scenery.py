"""What plain sentences make no matter of, and how they name what is one, with the shipped pipeline."""

from __future__ import annotations

import pytest

from tests.readers import extract


def labels(text: str) -> list[str]:
    return [issue.label for issue in extract(text).issues]


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman denied that Norwegian tanks had moved.",
        "Norway denied that its helicopters had circled the town of Namsos.",
        "We could not bridge the gap.",
        "Jonas Lund urged him to use his influence.",
        "They report to the sanctions committee.",
        "The delegates of Norway raised their concerns with the government.",
    ],
)
def test_scenery_is_no_matter(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway agreed to let the Swedish troops stay in Narvik.", ["stay of Swedish troops in Narvik"]),
        ("He denied that Norway had promised to unfreeze the Swedish gold.", ["unfreezing of Swedish gold"]),
        ("Norway raised concerns about the blockade.", ["blockade"]),
    ],
)
def test_matter_is_named_by_what_is_to_be_done(text: str, expected: list[str]) -> None:
    assert labels(text) == expected
