"""Long texts to measure with: invented reports whose people, states, towns and sentences change from paragraph to paragraph."""

from __future__ import annotations

from itertools import count

GIVEN = "Ilena Tomas Mirka Osric Vadim Helka Jorun Tamsin Bela Corvin Dagny Edran Fenja Goran Hadil Ivo Jana Karsten Lumi Marek".split()
STEMS = "Var Brek Lund Torv Hald Mern Sorel Kest Dravn Pell Ostr Quill Rask Temm Uld Wess Yarl Zand Corb Fenn".split()
ENDINGS = "o an ek is ova ai ten ura eld ik mark strand oly esh ing avi ode ull ansen ett".split()
STATES = "Ostravia Kelmaria Norway Kenya Peru Vietnam Portugal Canada Morocco Nepal Uruguay Finland Ghana Jordan Mongolia".split()
TOWNS = "Oslo Nairobi Lima Hanoi Lisbon Ottawa Rabat Kathmandu Montevideo Helsinki Accra Amman Geneva Vienna Dakar".split()
KINDS = "northern southern eastern western coastal upper lower inner outer old new joint second third common open".split()
SUBJECTS = (
    "fisheries river tariff water border island gas prisoner refugee railway grain harbour visa mining pipeline customs".split()
)
INSTRUMENTS = "protocol crossing schedule treaty mission quota corridor exchange agreement dispute reform commission zone".split()
SENTENCES = (
    "Foreign Minister {a} of {s} met Prime Minister {b} of {t} in {p} on 4 March 2031 to discuss {m}.",
    "“We have agreed on {m},” {A} said. “The rest we leave to a separate track.”",
    "{B} did not accept any limits on {m} and called on {s} to withdraw its forces from {p}.",
    "He added that both sides must reach an agreement on {m} by 5 April 2031.",
    "According to officials in {p}, {s} may impose sanctions on {t} unless {m} is settled.",
    "The spokeswoman of the ministry, {a}, told reporters that talks with {t} would resume next week.",
    "“I hope that we can sign soon,” said President {b}, who visited {p} last month.",
    "{s} and {t} welcomed the progress made in {m}, and they thanked {A} for the good offices.",
    "The two leaders will hold a second round of negotiations on {m} in {p}, a diplomat said.",
    "{t} condemned the attack on the convoy near {p}, which killed 12 people, and accused {s} of arming the rebels.",
)


def a_paragraph(number: int) -> str:
    """Return six sentences about two persons, two states and a town; its people are met again some paragraphs later or never."""
    surname, other = _surname(number // 2), _surname(number * 7 + 3)
    state = STATES[number % len(STATES)]
    words = {
        "a": f"{GIVEN[number // 2 % len(GIVEN)]} {surname}",
        "A": surname,
        "b": f"{GIVEN[(number * 7 + 3) % len(GIVEN)]} {other}",
        "B": other,
        "s": state,
        "t": STATES[(number * 4 + 1) % len(STATES)],
        "p": TOWNS[number * 2 % len(TOWNS)],
        "m": f"the {KINDS[number % len(KINDS)]} {SUBJECTS[number * 3 // 16 % len(SUBJECTS)]} {INSTRUMENTS[number % len(INSTRUMENTS)]}",
    }
    chosen = ((number + step * 3) % len(SENTENCES) for step in range(6))
    return " ".join(SENTENCES[index].format(**words) for index in sorted(chosen))


def _surname(number: int) -> str:
    stem, ending = STEMS[number % len(STEMS)], ENDINGS[number // len(STEMS) % len(ENDINGS)]
    return stem + ending + ("" if number < 400 else f"-{STEMS[number // 400 % len(STEMS)]}")


def a_long_text(words: int) -> str:
    """Return a text of about so many words, a blank line between its paragraphs."""
    found: list[str] = []
    length = 0
    for number in count():
        if length >= words:
            break
        found.append(a_paragraph(number))
        length += len(found[-1].split())
    return "\n\n".join(found)
