"""Statements out of attributions, with the shipped pipeline on plain sentences."""

from __future__ import annotations

from kg.records import Document
from tests.readers import extractor


def statements(text: str) -> list[tuple[str | None, bool, str | None, str]]:
    """Return speaker, directness, cue and words of each statement."""
    found = extractor().extract(Document(id="test", text=text))
    names = {entity.id: entity.name for entity in found.entities}
    return [(names.get(s.speaker or ""), s.direct, s.cue, s.text) for s in found.statements]


def test_read_statements_takes_indirect_speech_and_leaves_out_what_is_only_intended() -> None:
    text = "Foreign Minister Ilena Varo said that the talks had failed. Varo wants to leave. According to Varo, the envoys left."
    assert statements(text) == [
        ("Ilena Varo", False, "say", "the talks had failed"),
        ("Ilena Varo", False, "according to", "the envoys left"),
    ]


def test_read_statements_keeps_in_a_quotation_what_somebody_else_is_reported_to_say() -> None:
    text = 'Foreign Minister Ilena Varo spoke in Geneva. "I believe that Tomas Brek said that the talks had failed," Varo said.'
    assert statements(text) == [
        ("Ilena Varo", True, "say", "I believe that Tomas Brek said that the talks had failed"),
        ("Tomas Brek", False, "say", "the talks had failed"),
    ]


def test_read_statements_gives_the_judgements_of_a_joint_statement_to_its_issuers() -> None:
    text = (
        "Norway, Finland and Denmark welcome the ceasefire. We urge all parties to respect it. We condemn the attacks on the convoy. "
        "Such attacks are unacceptable."
    )
    direct = [(speaker, words) for speaker, is_direct, _, words in statements(text) if is_direct]
    assert ("Norway, Finland and Denmark", "Such attacks are unacceptable") in direct


def test_read_statements_reports_nothing_outside_a_quotation_by_a_word_inside_it() -> None:
    text = 'A senior official in Ostravia said the minister would resign. "We have told both sides that," he added.'
    assert statements(text) == [
        ("senior official", False, "say", "the minister would resign"),
        ("senior official", True, "add", "We have told both sides that"),
    ]


def test_read_statements_says_who_is_called_on() -> None:
    found = extractor().extract(Document(id="test", text="Ilena Varo appealed to Norway to release the prisoners."))
    assert [(s.speaker, s.addressee) for s in found.statements] == [("id:person/ilena-varo", "id:country/norway")]


def test_read_statements_gives_none_to_a_place_that_only_expects_something() -> None:
    assert statements("Winds reach the coast at noon, and Bergen can expect heavy rain.") == []
    assert statements("Bergen said that it can expect heavy rain.") == [("Bergen", False, "say", "it can expect heavy rain")]
