"""Name a matter in few words: the noun phrase around a noun, or what a clause is about.

In: the head token of a phrase or clause. Out: a short label ("legal basis for elections", "release of prisoners"), which need not be a
slice of the text. Limits: relative clauses and appositions are left out, unless the noun says nothing without them.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lemmas import known_lemma
from kg.extraction.nominals import load_nominals
from kg.extraction.remembered import remembered
from kg.extraction.slots import verb_slots
from kg.language.names import plain_name
from kg.language.syntax import conjuncts, is_passive, preposition_of

CLAUSES = frozenset(
    {
        "acl",
        "acl:relcl",
        "relcl",
        "appos",
        "conj",
        "cc",
        "punct",
        "parataxis",
        "advcl",
        "nsubj",
        "cop",
        "mark",
        "aux",
        "ccomp",
        "discourse",
    }
)
GENERIC = frozenset(
    (
        "aspect decision development effort issue item matter measure one outcome part point problem progress question result step "
        "subject thing topic work"
    ).split()
)
"""Nouns that say nothing without the clause behind them: "topics THAT CONCERN …"."""
LONGEST = 12
"""The most words of a label: a matter is named in a short phrase."""
TRAILING = frozenset({"ADP", "DET", "PUNCT", "SPACE", "CCONJ", "PART", "SCONJ"})
UNQUOTED = str.maketrans("", "", '"“”„«»')
"""A label names a matter; whose word it is stands in the evidence."""
OUTWARD = frozenset({"out", "off", "away", "back"})
"""Particles that the parse may take for a preposition: "get OUT of the region"."""
MOVES = frozenset({"accession", "arrival", "departure", "entry", "pullout", "return", "travel", "withdrawal"})
"""Nouns of verbs that need no object: what counts is who goes where."""
AMOUNTS = frozenset(
    (
        "couple desirability dozen handful host importance lot majority necessity need number range series set urgency value variety"
    ).split()
)
"""Nouns that tell how much or how badly, of what stands behind their "of"."""
QUANTIFIERS = frozenset({"all", "any", "both", "each", "every", "the"})
LEADING = frozenset({"DET", "PUNCT", "SPACE", "CCONJ", "PRON"})


@remembered
def label_of(head: Token) -> str:
    """Return the label of what a token is the head of."""
    return clause_label(head) if head.pos_ in {"VERB", "AUX"} else noun_label(head)


def names_something(head: Token) -> bool:
    """Tell whether a token's label names a matter: a bare verb without a noun of its own does not ("happen", "say so")."""
    if head.pos_ in {"PRON", "DET", "ADV", "NUM"} or head.lemma_.lower() == "be":
        return False
    return head.pos_ not in {"VERB", "AUX"} or " " in label_of(head) or _lemma(head) in load_nominals().nouns


def examples_of(noun: Token) -> list[Token]:
    """Return what a noun is said to comprise: "steps SUCH AS a truce and the release of prisoners", "issues including borders"."""
    phrases = (child for child in noun.subtree if child.dep_ == "nmod" and child.i > noun.i)
    return [example for phrase in phrases if _introduces(phrase) for example in conjuncts(phrase)]


def _introduces(phrase: Token) -> bool:
    marks = [child.lower_ for child in phrase.lefts if child.dep_ == "case"]
    return marks[:1] == ["such"] or "including" in marks


def noun_label(noun: Token) -> str:
    """Return a short noun phrase around a token, without its article, possessor pronoun and clauses; of "a number of X", X."""
    counted = next((child for child in noun.rights if child.dep_ == "nmod" and preposition_of(child) == "of"), None)
    if noun.lemma_.lower() in AMOUNTS and counted is not None:
        return noun_label(counted)
    left_out = CLAUSES - {"acl", "acl:relcl", "relcl", "nsubj"} if noun.lemma_.lower() in GENERIC else CLAUSES
    doc = noun.doc
    words = sorted({noun.i, *_words(noun, left_out)})
    while words and doc[words[0]].pos_ in LEADING:
        words.pop(0)
    if not words:
        return plain_name(noun.text)
    last = max(word for word in words if word - words[0] < LONGEST)
    while doc[last].pos_ in TRAILING and last > words[0]:
        last -= 1
    text = plain_name(doc[words[0] : last + 1].text.translate(UNQUOTED))
    first = doc[words[0]]
    return text[0].lower() + text[1:] if first.is_sent_start and first.pos_ != "PROPN" and first.text.istitle() else text


def short_label(noun: Token) -> str:
    """Return a noun with what stands before it, as a happening is called: "trilateral talks"."""
    before = [child for child in noun.lefts if child.dep_ in {"amod", "compound"}]
    start = min((child.left_edge.i for child in before), default=noun.i)
    return plain_name(noun.doc[start : noun.i + 1].text)


def _words(token: Token, left_out: frozenset[str], *, top: bool = True) -> Iterator[int]:
    for child in token.children:
        outside = (top and child.dep_ in {"case", "advmod", "det:predet"}) or child.dep_ in left_out
        if (outside or child.is_space or child.text in {'"', "“", "”"}) and (child.dep_ != "punct" or child.i < token.i):
            continue
        yield child.i
        yield from _words(child, left_out, top=False)


def clause_label(verb: Token, *, depth: int = 3) -> str:
    """Return what a clause wants done, as a noun phrase where its verb has a noun: "withdrawal of forces", "agreement on borders"."""
    slots = verb_slots(verb)
    lemma = _lemma(verb)
    argument = _argument(verb, slots)
    nominals = load_nominals()
    name = nominals.nouns.get(lemma)
    if argument is None:
        return _without_argument(verb, name or lemma, slots)
    verbal = argument.pos_ in {"VERB", "AUX"}
    if argument.is_ancestor(verb):
        inner = short_label(argument)  # "points that we agreed to DEFER": the clause around it says nothing more of them
    else:
        inner = clause_label(argument, depth=depth - 1) if verbal and depth else noun_label(argument)
    preposition = _preposition(verb, argument)
    if preposition in OUTWARD and f"{lemma} {preposition}" in nominals.nouns:
        name, preposition = nominals.nouns[f"{lemma} {preposition}"], "from"
    if name == "departure" and not preposition:
        preposition = "from"  # "leave the region"
    if name in MOVES and preposition:
        inner = f"{_mover(verb, slots)}{preposition} {_article(argument)}{inner}"
        return f"{'no ' if _negated(verb) else ''}{name} {inner}"
    if f"{lemma} {preposition}".strip() in nominals.light and not _negated(verb):
        return inner
    if verbal and not preposition and name and lemma in nominals.stopping:
        return f"{name} of {inner}"
    if verbal and not preposition:
        # "continue to withdraw": what is done stands in the inner clause.
        return inner if not _negated(verb) else f"no {inner}"
    inner = inner if verbal else f"{_article(argument)}{inner}"
    words = f"{name} {preposition or 'of'} {inner}" if name else f"{lemma} {preposition} {inner}"
    return " ".join((f"no {words}" if _negated(verb) else words).split()[:LONGEST])


def _mover(verb: Token, slots: dict[str, tuple[int, ...]]) -> str:
    """Return "of X" for who goes or comes, where a noun says so."""
    movers = (verb.doc[head] for head in slots.get("subject", ()))
    # Who agrees to go is named already.
    others = (t for t in movers if not (t.dep_.startswith("nsubj") and t.head.i == verb.head.i and t.head.i != verb.i))
    mover = next((token for token in others if token.pos_ in {"NOUN", "PROPN"}), None)
    return f"of {noun_label(mover)} " if mover is not None else ""


def _without_argument(verb: Token, name: str, slots: dict[str, tuple[int, ...]]) -> str:
    """Return the label of a clause that has only a subject: "departure of foreign troops"."""
    subject = next((verb.doc[head] for head in slots.get("subject", ()) if verb.doc[head].pos_ in {"NOUN", "PROPN"}), None)
    done_to = slots.get("object")  # a pronoun: of "to block it" the subject is not what is blocked
    words = name if subject is None or done_to else f"{name} of {noun_label(subject)}"
    return f"no {words}" if _negated(verb) else words


def _article(noun: Token) -> str:
    """Return the article or quantifier that a noun keeps within a longer label: "reopening of THE border"."""
    return next((f"{child.lower_} " for child in noun.lefts if child.dep_ == "det" and child.lower_ in QUANTIFIERS), "")


def _lemma(verb: Token) -> str:
    particle = next((f" {child.lower_}" for child in verb.children if child.dep_ in {"compound:prt", "prt"}), "")
    return f"{known_lemma(verb, load_nominals().nouns)}{particle}"


def _negated(verb: Token) -> bool:
    return any(child.lower_ in {"not", "n't", "n’t", "never"} for child in verb.children)


def _preposition(verb: Token, argument: Token) -> str:
    """Return the preposition between a verb and its argument, "" for an object."""
    if is_passive(verb):
        return ""
    if argument.pos_ in {"VERB", "AUX"} and argument.dep_ != "advcl":
        return ""
    return preposition_of(argument) or next((child.lower_ for child in argument.lefts if child.dep_ == "mark"), "")


def _argument(verb: Token, slots: dict[str, tuple[int, ...]]) -> Token | None:
    """Return the token that says most about a clause: its object, else its inner clause, else its first phrase with a preposition."""
    for name in ("object", "clause", "that"):
        for head in slots.get(name, ()):
            if verb.doc[head].pos_ != "PRON" and verb.doc[head].i != verb.i:
                return verb.doc[head]
    phrases = (
        head for name, heads in slots.items() if name not in {"subject", "object", "time", "by", "purpose"} for head in heads
    )
    return next(
        (verb.doc[head] for head in sorted(phrases) if head > verb.i and verb.doc[head].pos_ in {"NOUN", "PROPN", "VERB"}), None
    )
