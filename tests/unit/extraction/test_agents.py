"""Whether anybody acts in a text, with the shipped pipeline."""

from __future__ import annotations

import pytest

from tests.readers import extract


@pytest.mark.parametrize(
    "text",
    [
        "The filter must be replaced. The warranty covers defects in material.",
        "Connection rejected: the protocol is not supported. The session resumed.",
        "These terms are subject to the law of Norway.",
    ],
)
def test_extract_finds_no_matter_and_no_meeting_where_nobody_acts(text: str) -> None:
    found = extract(text)
    assert (found.issues, found.meetings, found.relations) == ((), (), ())


def test_extract_finds_them_where_somebody_does() -> None:
    found = extract("Norway wants the border to be reopened. The terms are subject to the consent of Kenya.")
    assert [issue.status for issue in found.issues] == ["open", "open"]
    assert [relation.predicate for relation in found.relations][-1] == "requiresApprovalOf"
