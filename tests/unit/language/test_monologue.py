"""Addresses of one person without labels, with the shipped pipeline on short speeches."""

from __future__ import annotations

from tests.readers import extract

ADDRESS = """Address by the Minister for External Affairs, Mr. Tomas Brek, to the Press Club
Oslo, 14 September 1964

Ladies and gentlemen,

Last week I went to New York. We will resume the talks when the army leaves.

I hope that Sweden will agree."""


def spoken(text: str) -> list[tuple[str | None, str]]:
    """Return who says each direct statement, and its words."""
    found = extract(text, date="1964-09-14")
    names = {entity.id: entity.name for entity in found.entities}
    return [(names.get(s.speaker or ""), s.text) for s in found.statements if s.direct]


def test_each_paragraph_of_an_address_is_said_by_who_gave_it() -> None:
    assert spoken(ADDRESS) == [
        ("Tomas Brek", "Ladies and gentlemen,"),
        ("Tomas Brek", "Last week I went to New York. We will resume the talks when the army leaves."),
        ("Tomas Brek", "I hope that Sweden will agree."),
    ]


def test_first_person_of_an_address_is_who_gave_it() -> None:
    visits = [m.participants for m in extract(ADDRESS, date="1964-09-14").meetings if m.type == "visit"]
    assert visits == [("id:person/tomas-brek",)]


def test_report_about_an_address_is_none() -> None:
    text = "Minister praises address by Tomas Brek\n\nThe minister praised the speech. He said it was long."
    assert spoken(text) == []


def test_statement_of_nobody_who_says_i_is_none() -> None:
    assert spoken("Statement by Tomas Brek\n\nNorway has withdrawn from the talks. Sweden regrets it.") == []
