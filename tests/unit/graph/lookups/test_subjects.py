"""Meetings, issues, texts, statements and documents are found by what is known of them, and one comes with all of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from rdflib import URIRef

from kg.errors import NotFoundError
from kg.graph.lookups.documents import find_documents, get_document, resolve_document
from kg.graph.lookups.issues import find_issues, get_issue
from kg.graph.lookups.meetings import find_meetings, get_meeting, meetings_of
from kg.graph.lookups.paging import Slice
from kg.graph.lookups.proposals import find_proposals, get_proposal
from kg.graph.lookups.search import Hit
from kg.graph.lookups.statements import find_statements, get_statement
from kg.graph.views import MeetingView, Node
from tests.builders import TEXT, a_meeting
from tests.memory_store import MemoryStore
from tests.unit.graph.lookups.samples import (
    BREK_IRI,
    BREK_NODE,
    EARLIER,
    KELMARIA_IRI,
    OSTRAVIA_IRI,
    PORT_LYS,
    RIVAL,
    VARO_IRI,
    VARO_NODE,
    B,
    passage,
    story,
)

SALTMARSH = "the status of the Saltmarsh"
TALKS = URIRef(f"{PORT_LYS}/referent/meeting/talks-2031-02-25-port-lys")
CALL = URIRef(f"{EARLIER}/referent/meeting/call-2030-tomas-brek-ilena-varo")


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return story()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_meetings_of_tells_who_was_there(store: MemoryStore) -> None:
    words = a_meeting().evidence.text
    call = MeetingView(
        iri=str(CALL),
        type="call",
        label="Call of Tomas Brek and Ilena Varo, 2030",
        participants=(VARO_NODE, BREK_NODE),
        place=None,
        date="2030",
        purpose="fish",
        modality="planned",
        evidence=passage(words, document=str(EARLIER)),
    )
    talks = MeetingView(
        iri=str(TALKS),
        type="talks",
        label="Talks of Ilena Varo and Tomas Brek in Port Lys, 2031-02-25",
        participants=(VARO_NODE, BREK_NODE),
        place=Node(iri=f"{B}city/port-lys", label="Port Lys"),
        date="2031-02-25",
        purpose=None,
        modality="asserted",
        evidence=passage(words),
    )
    assert meetings_of(store, VARO_IRI) == [call, talks]
    assert meetings_of(store, URIRef(f"{B}city/port-lys")) == [talks]
    assert find_meetings(store).items == (call, talks)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, [CALL, TALKS]),
        ({"part": Slice(descending=True)}, [TALKS, CALL]),
        ({"participants": [VARO_IRI, BREK_IRI]}, [CALL, TALKS]),
        ({"participants": [OSTRAVIA_IRI]}, []),
        ({"place": URIRef(f"{B}city/port-lys")}, [TALKS]),
        ({"modality": "planned"}, [CALL]),
        ({"since": day("2030-12-31")}, [CALL, TALKS]),
        ({"since": day("2031-01-01")}, [TALKS]),
        ({"until": day("2030-01-01")}, [CALL]),
        ({"since": day("2031-02-26")}, []),
        ({"text": "port lys"}, [TALKS]),
    ],
)
def test_find_meetings_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, Any], found: list[URIRef]) -> None:
    assert [URIRef(meeting.iri) for meeting in find_meetings(store, **options).items] == found


def test_get_meeting_tells_how_it_stands_by_each_document(store: MemoryStore) -> None:
    detail = get_meeting(store, TALKS)
    assert [(one.value, one.date, one.evidence.document) for one in detail.history] == [("asserted", "2031-02-26", str(PORT_LYS))]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({}, {SALTMARSH, "the fisheries protocol"}),
        ({"text": "salt"}, {SALTMARSH}),
        ({"status": "agreed"}, {"the fisheries protocol"}),
        ({"status": "open"}, set()),
        ({"party": URIRef(f"{B}organization/northern-league")}, {SALTMARSH}),
        ({"until": day("2030-12-31")}, {SALTMARSH}),
        ({"since": day("2031-02-27")}, set()),
    ],
)
def test_find_issues_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, Any], found: set[str]) -> None:
    assert {issue.label for issue in find_issues(store, **options).items} == found


def test_find_issues_tells_how_they_stand_by_the_latest_news(store: MemoryStore) -> None:
    (issue,) = find_issues(store, text="saltmarsh").items
    assert (issue.status, issue.date, issue.standings) == ("rejected", "2031-02-26", 3)
    assert [party.label for party in issue.parties] == ["Northern League"]


def test_get_issue_tells_its_history_and_who_gainsays_whom(store: MemoryStore) -> None:
    (issue,) = find_issues(store, text="saltmarsh").items
    detail = get_issue(store, URIRef(issue.iri))
    assert [(one.value, one.evidence.document) for one in detail.history] == [
        ("open", str(EARLIER)),
        ("separate-track", str(PORT_LYS)),
        ("rejected", str(RIVAL)),
    ]
    assert [(one.value, one.differs_from) for one in detail.contradictions] == [
        ("separate-track", (str(RIVAL),)),
        ("rejected", (str(PORT_LYS),)),
    ]


def test_find_proposals_keeps_to_status_party_and_kind(store: MemoryStore) -> None:
    (text,) = find_proposals(store).items
    assert (text.label, text.status) == ("fisheries protocol", "agreed")
    for options in ({"status": "agreed"}, {"party": KELMARIA_IRI}, {"kind": "agreement"}, {"text": "protocol"}):
        assert find_proposals(store, **options).items == (text,)
    for options in ({"status": "signed"}, {"party": VARO_IRI}, {"kind": "treaty"}, {"text": "whaling"}):
        assert find_proposals(store, **options).items == ()


def test_get_proposal_tells_versions_and_approvals(store: MemoryStore) -> None:
    (text,) = find_proposals(store).items
    detail = get_proposal(store, URIRef(text.iri))
    assert (detail.kinds, detail.points) == (("agreement",), (26, 28))
    assert (detail.authors, detail.recipients) == ((VARO_NODE,), (BREK_NODE,))
    assert {(version.points, version.date, version.evidence.text) for version in detail.versions} == {
        (28, None, "protocol"),
        (26, "2031-02-25", "Tuesday"),
    }
    assert {approval.approver.label for approval in detail.approvals} == {"Kelmaria", "the parties"}
    assert [one.value for one in detail.history] == ["agreed"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"speaker": VARO_IRI}, ["earlier/statement/1", *(f"port-lys/statement/{number}" for number in (1, 2, 3))]),
        ({"addressee": BREK_IRI}, ["earlier/statement/1"]),
        ({"document": EARLIER}, ["earlier/statement/1"]),
        ({"text": "SALTMARSH"}, ["port-lys/statement/2"]),
        ({"speaker": VARO_IRI, "direct": False}, ["port-lys/statement/3"]),
        ({"until": day("2030-12-31")}, ["earlier/statement/1"]),
        ({"speaker": VARO_IRI, "part": Slice(limit=1, descending=True)}, ["port-lys/statement/3"]),
    ],
)
def test_find_statements_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, Any], found: list[str]) -> None:
    assert [said.iri.removeprefix(f"{B}document/") for said in find_statements(store, **options).items] == found


@pytest.mark.parametrize(
    ("number", "context", "before", "behind"),
    [
        (1, 0, "", ""),
        (1, 3, "on Tuesday. “", ",” Varo said."),
        (3, 2, "added that ", ". Kelmaria"),
        (4, 100, TEXT[: TEXT.index("Kelmaria may")], TEXT[TEXT.index(", a spokesman") :]),
    ],
)
def test_statement_comes_with_the_words_around_it(
    store: MemoryStore, number: int, context: int, before: str, behind: str
) -> None:
    said = get_statement(store, URIRef(f"{PORT_LYS}/statement/{number}"), context=context)
    assert (said.before, said.behind) == (before, behind)


def test_find_documents_tells_what_was_found_in_each(store: MemoryStore) -> None:
    found = find_documents(store)
    assert [document.identifier for document in found.items] == ["earlier", "port-lys", "rival"]
    assert found.items[1].found == {"Assertion": 6, "Event": 1, "IssueStatus": 2, "MeetingStatus": 1, "Statement": 4}
    assert found.items[1].length == len(TEXT)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"text": "talks in"}, ["port-lys", "rival"]),
        ({"about": VARO_IRI}, ["earlier", "port-lys"]),
        ({"since": day("2031-02-26")}, ["port-lys", "rival"]),
        ({"until": day("2031-02-25")}, ["earlier"]),
    ],
)
def test_find_documents_keeps_to_what_is_asked(store: MemoryStore, options: dict[str, Any], found: list[str]) -> None:
    assert [document.identifier for document in find_documents(store, **options).items] == found


def test_get_document_marks_all_that_was_found_in_its_text(store: MemoryStore) -> None:
    detail = get_document(store, PORT_LYS)
    assert detail.text == TEXT
    assert [span.start for span in detail.spans] == sorted(span.start for span in detail.spans)
    mentions = {
        TEXT[span.start : span.end]: span.value for span in detail.spans if span.kind == "mention" and span.thing == VARO_NODE
    }
    assert mentions == {"Ilena Varo": "name", "Varo": "name", "She": "pronoun"}
    kinds = [span.kind for span in detail.spans]
    assert {kind: kinds.count(kind) for kind in set(kinds) - {"mention"}} == {
        "Assertion": 6,
        "Statement": 4,
        "MeetingStatus": 1,
        "IssueStatus": 2,
        "ProposalStatus": 1,
        "Negotiation": 2,
        "Event": 1,
        "Deadline": 1,
        "TimeExpression": 1,
    }
    (negated,) = (span for span in detail.spans if span.value == "negated")
    assert (negated.subject, negated.predicate, negated.object and negated.object.label) == (
        BREK_NODE,
        "agreedTo",
        "any limits on the fleet",
    )


def test_resolve_document_takes_an_id_or_an_iri_and_names_what_is_near(store: MemoryStore) -> None:
    assert {resolve_document(store, name) for name in ("port-lys", "document/port-lys", str(PORT_LYS))} == {PORT_LYS}
    with pytest.raises(NotFoundError, match=r"Did you mean 'port-lys'\?"):
        resolve_document(store, "port-liss")


@pytest.mark.parametrize("get", [get_meeting, get_issue, get_proposal, get_statement, get_document])
def test_what_is_not_there_is_said_to_be_so(store: MemoryStore, get: Callable[[MemoryStore, URIRef], object]) -> None:
    with pytest.raises(NotFoundError, match=r"'urn:nothing': not in the (graph|store)"):
        get(store, URIRef("urn:nothing"))


def test_an_index_can_stand_in_place_of_the_search(store: MemoryStore) -> None:
    def search(text: str, kinds: object, limit: int) -> list[Hit]:
        return [Hit(0, f"{PORT_LYS}/statement/4", text)][:limit]

    assert [said.iri for said in find_statements(store, text="whatever", search=search).items] == [f"{PORT_LYS}/statement/4"]
