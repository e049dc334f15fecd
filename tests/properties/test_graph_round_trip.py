"""Any extraction comes back from its graph as it went in."""

from __future__ import annotations

import string

import pyoxigraph
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import to_isomorphic

from kg.graph.mapping import from_graph, to_graph
from kg.graph.terms import EVENT_TYPES, MEETING_CLASSES, MODALITIES, PREDICATES, PROPOSAL_STATUSES, STATUSES
from kg.graph.vocabulary import DEFAULT_BASE
from kg.records import (
    Approval,
    Document,
    Entity,
    EntityType,
    Event,
    Extraction,
    Issue,
    Meeting,
    Mention,
    MentionKind,
    Negotiation,
    Proposal,
    ProposalVersion,
    Relation,
    Span,
    Statement,
    TimeExpression,
)
from tests.builders import a_document

B = DEFAULT_BASE
MENTION_KINDS: tuple[MentionKind, ...] = ("name", "nominal", "pronoun")

WORDS = st.text(max_size=12)
IDS = st.one_of(
    st.builds(
        lambda kind, rest: f"id:{kind}/{rest}", st.sampled_from(["person", "city", "x y"]), st.text(min_size=1, max_size=8)
    ),
    st.lists(st.sampled_from(["a", "/", "-", "%2F", "é"]), max_size=8).map(
        lambda rest: f"https://elsewhere.example/{''.join(rest)}"
    ),
)
DATES = st.one_of(st.none(), st.dates().map(str), st.sampled_from(["2031-02", "2031", "2031-02-01/2031-02-09", ""]), WORDS)


def is_words(text: str) -> bool:
    return not text.startswith("id:")


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Draw an extraction that is valid and as odd as can be."""
    text = draw(st.text(min_size=1, max_size=30))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return Span(start=start, end=end, text=text[start:end])

    def mention() -> Mention:
        place = span()
        kind = draw(st.sampled_from(MENTION_KINDS))
        return Mention(start=place.start, end=place.end, text=place.text, kind=kind)

    ids = draw(st.lists(IDS, unique=True, max_size=4))
    a_reference = st.sampled_from(ids) if ids else IDS
    references = st.lists(a_reference, max_size=3).map(tuple)
    actors = st.lists(a_reference | WORDS.filter(is_words), max_size=3).map(tuple)
    modality = st.sampled_from(sorted(MODALITIES.values()))
    number = st.floats(0, 1)
    words = st.lists(WORDS, max_size=3).map(tuple)
    statement_span, time_span = span(), span()
    places = st.lists(st.integers(0, len(text) - 1), min_size=1, max_size=3)

    def passages() -> tuple[Span, ...]:
        return tuple(Span(start=place, end=len(text), text=text[place:]) for place in draw(places))

    entity_type: st.SearchStrategy[EntityType] = st.sampled_from(["Person", "Country", "Document", "Event"])
    types = {entity_id: draw(entity_type) for entity_id in ids}
    meeting_count = draw(st.integers(0, 2))
    sittings = st.lists(st.integers(0, meeting_count - 1), max_size=2) if meeting_count else st.just([])
    return Extraction(
        document=Document(
            id=draw(WORDS),
            text=text,
            title=draw(st.none() | WORDS),
            date=draw(st.none() | st.dates()),
            source=draw(st.none() | WORDS),
            language=draw(WORDS),
        ),
        entities=tuple(
            Entity(
                id=entity_id,
                type=types[entity_id],
                name=draw(WORDS),
                named=draw(st.booleans()),
                aliases=draw(words),
                roles=draw(words),
                same_as=tuple(draw(st.lists(st.sampled_from(["http://a.example/1", "https://a.example/%C3"])))),
                confidence=draw(number),
                mentions=tuple(mention() for _ in range(draw(st.integers(0, 3)))),
            )
            for entity_id in ids
        ),
        statements=(
            Statement(
                speaker=draw(st.none() | a_reference),
                direct=draw(st.booleans()),
                text=draw(WORDS),
                start=statement_span.start,
                end=statement_span.end,
                cue=draw(st.none() | WORDS),
                addressee=draw(st.none() | a_reference),
                confidence=draw(number),
            ),
        ),
        meetings=tuple(
            Meeting(
                type=draw(st.sampled_from(sorted(MEETING_CLASSES))),
                participants=draw(references),
                place=draw(st.none() | a_reference),
                date=draw(DATES),
                purpose=draw(st.none() | WORDS),
                modality=draw(modality),
                confidence=draw(number),
                evidence=span(),
            )
            for _ in range(meeting_count)
        ),
        negotiations=tuple(
            Negotiation(
                label=draw(WORDS),
                parties=draw(references),
                mediators=draw(references),
                begin=draw(DATES),
                end_date=draw(DATES),
                meetings=tuple(draw(sittings)),
                proposals=draw(references),
                modality=draw(modality),
                confidence=draw(number),
                evidence=passages(),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        proposals=tuple(
            Proposal(
                entity=entity_id,
                kind=draw(st.sampled_from(["plan", "list"])),
                status=draw(st.sampled_from(sorted(PROPOSAL_STATUSES.values()))),
                authors=draw(references),
                recipients=draw(references),
                parties=draw(references),
                points=tuple(draw(st.lists(st.integers(0, 30), max_size=3))),
                versions=tuple(
                    ProposalVersion(points=draw(st.none() | st.integers(0, 30)), date=draw(DATES), evidence=span())
                    for _ in range(draw(st.integers(0, 2)))
                ),
                approvals=tuple(
                    Approval(by=draw(a_reference | WORDS.filter(is_words)), evidence=span())
                    for _ in range(draw(st.integers(0, 2)))
                ),
                confidence=draw(number),
                evidence=passages(),
            )
            for entity_id in ids
            if types[entity_id] == "Document"
        ),
        issues=(
            Issue(
                label=draw(WORDS),
                status=draw(st.sampled_from(sorted(STATUSES.values()))),
                parties=draw(references),
                confidence=draw(number),
                evidence=span(),
            ),
        ),
        times=(
            TimeExpression(
                start=time_span.start,
                end=time_span.end,
                text=time_span.text,
                value=draw(DATES),
                begin=draw(DATES),
                end_date=draw(DATES),
                role=draw(st.sampled_from(["deadline", "when", "frequency"])),
            ),
        ),
        events=(
            Event(
                type=draw(st.sampled_from(sorted(EVENT_TYPES.values()))),
                source=draw(actors),
                target=draw(actors),
                context=draw(words),
                modality=draw(modality),
                date=draw(DATES),
                place=draw(st.none() | a_reference),
                confidence=draw(number),
                evidence=span(),
            ),
        ),
        relations=tuple(
            Relation(
                subject=draw(a_reference | WORDS.filter(is_words)),
                predicate=draw(st.sampled_from(sorted(PREDICATES.values()))),
                object=draw(a_reference | WORDS.filter(is_words)),
                organization=draw(st.none() | a_reference),
                modality=draw(modality),
                begin=draw(DATES),
                end_date=draw(DATES),
                speaker=draw(st.none() | a_reference),
                confidence=draw(number),
                evidence=span(),
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        model=draw(st.none() | WORDS),
    )


@settings(deadline=None)
@given(extractions())
def test_from_graph_gives_any_extraction_back(extraction: Extraction) -> None:
    assert from_graph(to_graph(extraction)) == extraction


@settings(deadline=None, max_examples=50)
@given(extractions())
def test_from_graph_gives_any_extraction_back_through_the_engine_on_disk(extraction: Extraction) -> None:
    graph = to_graph(extraction)
    engine = pyoxigraph.Store()
    engine.load(graph.serialize(format="nt", encoding="utf-8"), format=pyoxigraph.RdfFormat.N_TRIPLES)
    kept = Graph(identifier=graph.identifier)
    for quad in engine:
        kept.parse(data=f"{quad.triple} .", format="nt")
    assert from_graph(kept) == extraction
    assert to_isomorphic(kept) == to_isomorphic(graph)


@given(st.text(string.printable, max_size=20), st.text(max_size=20))
def test_to_graph_names_different_documents_differently(first: str, second: str) -> None:
    names = {to_graph(Extraction(document=a_document(id=name))).identifier for name in (first, second)}
    assert len(names) == len({first, second})
