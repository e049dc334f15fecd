"""Which PLOVER events short invented reports tell of, with the shipped pipeline."""

from __future__ import annotations

import pytest

from kg.records import Document, Event, Extraction
from tests.readers import extractor


def extract(text: str) -> Extraction:
    return extractor().extract(Document(id="test", text=text))


def told(text: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Return each event's type, modality, sources and targets by name."""
    found = extract(text)
    names = {entity.id: entity.name for entity in found.entities}

    def side(actors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(actor, actor) for actor in actors)

    return [(event.type, event.modality, side(event.source), side(event.target)) for event in found.events]


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Ghana reached an agreement with Togo on the ferry.", "AGREE", ("Ghana",), ("Togo",)),
        ("Denmark offered to host a delegation from Fiji.", "AGREE", ("Denmark",), ("Fiji",)),
        ("Chile held talks with Peru on fishing.", "CONSULT", ("Chile",), ("Peru",)),
        ("Norway mediated between Nepal and Bhutan.", "CONSULT", ("Norway",), ("Nepal", "Bhutan")),
        ("Iceland praised Malta for its patience.", "SUPPORT", ("Iceland",), ("Malta",)),
        ("Sweden signed a treaty with Finland.", "SUPPORT", ("Sweden",), ("Finland",)),
        ("Kenya shared intelligence with Uganda.", "COOPERATE", ("Kenya",), ("Uganda",)),
        ("Canada sent food to Haiti.", "AID", ("Canada",), ("Haiti",)),
        ("Portugal lifted its ban on imports of fish from Morocco.", "CONCEDE", ("Portugal",), ("Morocco",)),
        ("Ecuador withdrew its troops from Colombia.", "RETREAT", ("Ecuador",), ("Colombia",)),
        ("The Danish government called on Ghana to open the port.", "REQUEST", ("Danish government",), ("Ghana",)),
        ("Greece accused Albania of stalling.", "ACCUSE", ("Greece",), ("Albania",)),
        ("Paraguay rejected a proposal by Bolivia.", "REJECT", ("Paraguay",), ("Bolivia",)),
        ("Mongolia threatened to close its embassy in Laos.", "THREATEN", ("Mongolia",), ("Laos",)),
        ("Dock workers in Chile went on strike against the government of Peru.", "PROTEST", ("Dock workers",), ("Peru",)),
        ("Austria imposed sanctions on Fiji.", "SANCTION", ("Austria",), ("Fiji",)),
        ("Jordan deployed troops along the border with Oman.", "MOBILIZE", ("Jordan",), ("Oman",)),
        ("Malawi arrested three envoys from Zambia.", "COERCE", ("Malawi",), ("Zambia",)),
        ("Tonga bombed a harbour in Samoa.", "ASSAULT", ("Tonga",), ("Samoa",)),
    ],
)
def test_read_events_types_what_is_done(text: str, type_: str, source: tuple[str, ...], target: tuple[str, ...]) -> None:
    found = {kind: (by, to) for kind, _, by, to in told(text)}
    assert type_ in found
    by, to = found[type_]
    assert all(any(name in actor for actor in by) for name in source), by
    assert all(any(name in actor for actor in to) for name in target), to


def test_read_events_tells_a_promise_or_threat_beside_the_act_that_is_meant() -> None:
    assert told("Denmark will send doctors to Ghana.") == [
        ("AGREE", "asserted", ("Denmark",), ("Ghana",)),
        ("AID", "planned", ("Denmark",), ("Ghana",)),
    ]
    assert told("Denmark will expel the diplomats of Ghana.")[0][:2] == ("THREATEN", "asserted")


def test_read_events_takes_what_will_not_be_done_for_a_refusal() -> None:
    assert ("REJECT", "asserted", ("Denmark",), ("Ghana",)) in told("Denmark will not meet with Ghana.")
    assert ("REJECT", "asserted", ("Denmark",), ()) in told("Denmark did not accept the plan.")


def test_read_events_types_a_vow_by_what_is_vowed() -> None:
    assert told("Denmark vowed to attack Ghana.")[0] == ("THREATEN", "asserted", ("Denmark",), ("Ghana",))
    assert told("Denmark pledged to help Ghana.")[0] == ("AGREE", "asserted", ("Denmark",), ("Ghana",))


def test_read_events_gives_who_is_asked_the_act_that_is_asked_for() -> None:
    assert told("Denmark called on Ghana to withdraw its forces.") == [
        ("REQUEST", "asserted", ("Denmark",), ("Ghana",)),
        ("RETREAT", "desired", ("Ghana",), ()),
    ]


@pytest.mark.parametrize(
    ("thing", "type_"),
    [("the curfew", "CONCEDE"), ("the siege", "RETREAT"), ("trade barriers with Fiji", "COOPERATE")],
)
def test_read_events_tells_types_apart_by_the_object(thing: str, type_: str) -> None:
    assert [kind for kind, *_ in told(f"Ghana lifted {thing}.")] == [type_]


def test_read_events_takes_a_light_verb_and_its_noun_for_one_event() -> None:
    assert told("Denmark imposed sanctions on Ghana.") == [("SANCTION", "asserted", ("Denmark",), ("Ghana",))]


def test_read_events_finds_agents_of_passives_and_owners_of_nouns() -> None:
    assert told("Ghana was attacked by Togo.") == [("ASSAULT", "asserted", ("Togo",), ("Ghana",))]
    assert told("Togo's attack on Ghana lasted a day.") == [("ASSAULT", "asserted", ("Togo",), ("Ghana",))]


def test_read_events_names_actors_that_are_no_entity_by_their_words() -> None:
    assert told("Students demonstrated in Oslo against Denmark.") == [("PROTEST", "asserted", ("students",), ("Denmark",))]


def test_read_events_reads_what_a_speaker_says_that_others_must_do() -> None:
    assert ("REQUEST", "asserted", ("Denmark",), ("Ghana",)) in told("Denmark said that Ghana must reopen the bridge.")


def test_read_events_takes_no_question_for_a_promise_and_no_duty_for_a_deed() -> None:
    assert "AGREE" not in [kind for kind, *_ in told("Will Denmark send doctors to Ghana?")]
    assert ("RETREAT", "desired", ("Ghana",), ()) in told("Ghana must withdraw its forces.")


def test_read_events_gives_the_fields_that_the_words_show() -> None:
    events: tuple[Event, ...] = extract("Denmark deployed troops near a refugee camp in Ghana.").events
    assert [event.context for event in events] == [("military", "refugees")]


@pytest.mark.parametrize(
    "text",
    [
        "Denmark is a small country with a long coast.",
        "The weather in Ghana was fine, and the harvest yielded more than last year.",
        "Ilena Varo recognized the problems of the region.",
        "Her novel about Norway received a prize; the critics called it a return to form.",
        "Heat the milk, add the flour and strike the pan twice.",
        "Tomas Brek told reporters that he had slept well.",
    ],
)
def test_read_events_finds_none_where_nothing_is_done_to_anybody(text: str) -> None:
    assert told(text) == []
