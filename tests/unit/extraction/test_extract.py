"""What the whole extraction finds in short invented statements, with the shipped pipeline."""

from __future__ import annotations

import textwrap

import pytest

from kg.records import Document, Extraction
from kg.serialization import from_json, to_json
from tests.readers import extract, extractor


def names(found: Extraction) -> dict[str, str]:
    return {entity.id: entity.name for entity in found.entities}


def speakers(found: Extraction) -> list[tuple[str | None, str]]:
    known = names(found)
    return [(known.get(s.speaker or ""), s.text) for s in found.statements if s.direct]


def test_extract_gives_quotations_their_speakers_before_behind_and_by_pronoun() -> None:
    found = extract(
        'Foreign Minister Ilena Varo met the press in Geneva on Tuesday. "We have made progress on the text," Varo said. '
        'She added: "The fishing rights remain open."\n'
        'Asked about the border, she gave no details. "I will leave that question to the experts for now."'
    )
    assert speakers(found) == [
        ("Ilena Varo", "We have made progress on the text"),
        ("Ilena Varo", "The fishing rights remain open."),
        ("Ilena Varo", "I will leave that question to the experts for now."),
    ]


def test_extract_keeps_two_speakers_apart() -> None:
    found = extract(
        '"The offer stands," said Tomas Brek, the Danish negotiator. "We cannot accept this offer," replied Ilena Varo, '
        "the Finnish foreign minister."
    )
    assert speakers(found) == [("Tomas Brek", "The offer stands"), ("Ilena Varo", "We cannot accept this offer")]


WRAPPABLE = (
    "VIENNA, 24 February 2031 - Foreign Minister Ilena Varo met the Danish delegation in the old town hall on Monday and spoke about the "
    'fisheries protocol. "We have agreed on the text of the protocol and on all of its annexes, and we will sign it as soon as both '
    'parliaments have given their consent," Varo said after the meeting.\n\n'
    'Tomas Brek, the head of the delegation, was more careful. "There are two questions that remain open, and neither of them is small," '
    "he told reporters."
)


@pytest.mark.parametrize("columns", [40, 60, 72, 90])
def test_extract_reads_a_wrapped_text_as_a_flowing_one(columns: int) -> None:
    wrapped = "\n\n".join("\n".join(textwrap.wrap(part, columns)) for part in WRAPPABLE.split("\n\n"))
    found = extract(wrapped)
    assert [(name, " ".join(text.split())) for name, text in speakers(found)] == speakers(extract(WRAPPABLE))
    assert len(speakers(found)) == 2
    assert all(wrapped[s.start : s.end] == s.text for s in found.statements)
    assert {entity.name for entity in found.entities} == {entity.name for entity in extract(WRAPPABLE).entities}


def test_extract_takes_a_meeting_that_reporters_hear_of_for_what_it_was() -> None:
    found = extract("Ilena Varo told reporters of her meeting with Tomas Brek in Vienna.")
    assert [meeting.type for meeting in found.meetings] == ["meeting"]


def test_extract_finds_the_speaker_behind_a_description() -> None:
    found = extract('Brek\'s mother, Ilena Varo, said on television, "We only want him back." Tomas Brek left in May.')
    assert speakers(found) == [("Ilena Varo", "We only want him back.")]


def test_extract_gives_each_paragraph_of_a_turn_to_its_speaker() -> None:
    found = extract("MINISTER VARO: Good morning.\nWe have an accord.\nQUESTION: With whom?\nMINISTER VARO: With Norway.")
    assert [(name, text) for name, text in speakers(found)] == [
        ("Varo", "Good morning."),
        ("Varo", "We have an accord."),
        ("QUESTION", "With whom?"),
        ("Varo", "With Norway."),
    ]


def test_extract_merges_the_names_of_one_person_and_of_one_state() -> None:
    found = extract("President Ilena Varo visited Germany. Varo thanked the German government. Berlin said it would help.")
    by_name = {entity.name: entity for entity in found.entities}
    assert {mention.text for mention in by_name["Ilena Varo"].mentions} == {"Ilena Varo", "Varo"}
    assert by_name["Ilena Varo"].roles == ("President",)
    assert by_name["Germany"].same_as == ("http://www.wikidata.org/entity/Q183",)
    assert {"Germany", "German", "Berlin"} <= {mention.text for mention in by_name["Germany"].mentions}


def test_extract_reads_a_meeting_with_participants_place_and_day() -> None:
    found = extract("French President Paul Lund met Foreign Minister Ilena Varo in Vienna on 24 February 2031.")
    known = names(found)
    meeting = found.meetings[0]
    assert (meeting.type, [known[p] for p in meeting.participants], known[meeting.place or ""], meeting.date) == (
        "meeting",
        ["Paul Lund", "Ilena Varo"],
        "Vienna",
        "2031-02-24",
    )


@pytest.mark.parametrize(
    ("text", "kind", "participants", "place", "date", "modality"),
    [
        ("Norway and Sweden held two days of talks in Vienna.", "talks", ["Norway", "Sweden"], "Vienna", None, "asserted"),
        ("Ilena Varo will visit Berlin on 3 March.", "visit", ["Ilena Varo"], "Berlin", "2031-03-03", "planned"),
        ("Ilena Varo spoke by telephone with Tomas Brek.", "call", ["Ilena Varo", "Tomas Brek"], None, None, "asserted"),
        ("Ilena Varo did not meet Tomas Brek.", "meeting", ["Ilena Varo", "Tomas Brek"], None, None, "negated"),
        ("An agreement was reached during the December 7 videoconference.", "call", [], None, "2030-12-07", "asserted"),
    ],
)
def test_extract_reads_meetings_of_all_kinds(
    text: str, kind: str, participants: list[str], place: str | None, date: str | None, modality: str
) -> None:
    found = extract(text)
    known = names(found)
    told = [(m.type, [known[p] for p in m.participants], known.get(m.place or ""), m.date, m.modality) for m in found.meetings]
    assert told == [(kind, participants, place, date, modality)]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Norway supports the ceasefire.", "asserted"),
        ("Norway does not support the ceasefire.", "negated"),
        ("Norway will support the ceasefire.", "planned"),
        ("Norway may support the ceasefire.", "possible"),
    ],
)
def test_extract_never_loses_the_modality_of_a_relation(text: str, modality: str) -> None:
    found = extract(text)
    assert [(names(found)[r.subject], r.predicate, r.object, r.modality) for r in found.relations] == [
        ("Norway", "supports", "ceasefire", modality)
    ]


def test_extract_gives_a_relation_the_speaker_of_its_statement() -> None:
    found = extract("Ilena Varo said that Norway supports the ceasefire.")
    relation = next(r for r in found.relations if r.predicate == "supports")
    assert names(found)[relation.speaker or ""] == "Ilena Varo"


def test_extract_reads_roles_and_whom_an_ambassador_represents() -> None:
    found = extract("The Russian Ambassador Tomas Brek left Vienna.")
    assert [(names(found)[r.subject], r.predicate, names(found).get(r.object, r.object)) for r in found.relations] == [
        ("Tomas Brek", "holdsRole", "Russian Ambassador"),
        ("Tomas Brek", "representative-of", "Russia"),
    ]


def test_extract_puts_what_is_set_aside_on_a_separate_track() -> None:
    found = extract("Questions that concern NATO were set aside for separate talks.")
    assert [(issue.status, [names(found)[p] for p in issue.parties]) for issue in found.issues] == [
        ("separate-track", ["North Atlantic Treaty Organization"])
    ]


@pytest.mark.parametrize("text", ["", " \n ", "?", "“", '"', "a" * 5000, "Q:", "12:30", "\u200b", "X: Y\nX: Z"])
def test_extract_survives_odd_texts(text: str) -> None:
    found = extract(text)
    assert found.document.text == text
    assert from_json(to_json(found), name="text") == found


def test_extract_leaves_relative_dates_open_without_a_date() -> None:
    found = extractor().extract(Document(id="undated", text="The ministers will meet on Thursday."))
    assert [(time.text, time.value) for time in found.times] == [("Thursday", None)]


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("President of Brazil Ilena Varo met the press.", "Ilena Varo", ("President of Brazil",)),
        ("India's External Affairs Minister Ilena Varo met the press.", "Ilena Varo", ("India's External Affairs Minister",)),
        ("The UN Secretary-General, Ilena Varo, met the press.", "Ilena Varo", ("UN Secretary-General",)),
        ("Mrs. Varo met the press.", "Varo", ()),
        ("MR. BREK: Good morning.\nQUESTION: Why?\nMR. BREK: Because.", "Brek", ()),
        ("Ilena Varo, Prime Minister of Norway, met the press.", "Ilena Varo", ("Prime Minister of Norway",)),
    ],
)
def test_extract_parts_names_from_titles(text: str, name: str, roles: tuple[str, ...]) -> None:
    people = [(entity.name, entity.roles) for entity in extract(text).entities if entity.type == "Person" and entity.named]
    assert people == [(name, roles)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Washington must lift the sanctions.", [("United States", "Country")]),
        ("Jordan's King Abdullah spoke in Amman.", [("Jordan", "Country"), ("Amman", "City")]),
        ("The talks in Washington went on.", [("Washington, D.C.", "City")]),
    ],
)
def test_extract_tells_what_a_place_name_stands_for(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(entity.name, entity.type) for entity in extract(text).entities if entity.type in {"Country", "City"}]
    assert found == expected


def test_extract_takes_a_pair_for_its_members() -> None:
    found = extract("President Ilena Varo met President Tomas Brek. The two presidents agreed to reopen the border.")
    agreed = [(names(found)[r.subject], r.object) for r in found.relations if r.predicate == "agreedTo"]
    assert agreed == [("Ilena Varo", "reopening of the border"), ("Tomas Brek", "reopening of the border")]


def test_extract_reads_a_joint_statement_as_its_issuers_words() -> None:
    found = extract(
        "France, Germany and Italy welcome the headway of the last round. We call on both parties to release all prisoners. "
        "We firmly reject any use of force."
    )
    direct = [statement for statement in found.statements if statement.direct]
    assert [statement.cue for statement in direct] == ["welcome", "call", "reject"]
    assert direct[2].text == "firmly reject any use of force"
    assert {names(found)[statement.speaker or ""] for statement in direct} == {"France, Germany and Italy"}


def test_extract_goes_by_the_gender_that_titles_tell() -> None:
    found = extract("Mr. Brek met Mrs. Varo. She warned that the talks had failed. He added that Norway would leave.")
    said = {names(found)[statement.speaker or ""]: statement.text for statement in found.statements}
    assert said == {"Varo": "the talks had failed", "Brek": "Norway would leave"}


def test_extract_gives_a_name_inside_another_as_well() -> None:
    found = extract("Ilena Varo spoke at the University of Oslo. The Central Bank of Norway kept its rates.")
    kinds = {(entity.name, mention.kind) for entity in found.entities for mention in entity.mentions}
    assert {
        ("University of Oslo", "name"),
        ("Oslo", "nominal"),
        ("Central Bank of Norway", "name"),
        ("Norway", "nominal"),
    } <= kinds


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("They will sign the treaty as soon as possible.", "deadline"),
        ("Our goal is to end the strike as soon as possible.", "when"),
        ("The deadline is that we want this done as soon as possible.", "deadline"),
    ],
)
def test_extract_takes_haste_for_a_deadline_only_where_it_binds(text: str, role: str) -> None:
    assert [time.role for time in extract(text).times] == [role]
