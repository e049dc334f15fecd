"""What a clause hangs on, and what that makes of it.

In: the head of a clause. Out: a Link to the word that governs it; None where the clause stands for itself.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords, Signature
from kg.extraction.modality.conditions import marks_of
from kg.extraction.modality.links import AHEAD, BESIDE, OPEN, PURPOSE, TOLD, Kind, Link, signature_of
from kg.extraction.modality.marks import WH_TAGS, is_own_view
from kg.extraction.modality.tense import AUXILIARIES, auxiliaries, is_infinitive, is_present
from kg.language.syntax import OBJECTS, PASSIVE_SUBJECTS

FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})


def clause_link(verb: Token, words: ModalWords) -> Link | None:
    """Return what a clause hangs on; None where it stands for itself."""
    governor, kind = verb.head, kind_of(verb)
    if governor.i == verb.i:
        return None
    own = OPEN if is_own_view(governor, words) else signature_of(governor, verb, kind, words)
    match verb.dep_:
        case "xcomp":
            return Link(governor, own or OPEN)
        case "ccomp" if kind != "to" and _is_asked(verb):
            return None  # "asked why they met": they met
        case "ccomp" | "csubj" | "csubj:pass":
            return Link(governor, own or (OPEN if kind == "to" else BESIDE if kind == "ing" else TOLD))
        case "acl" if kind == "np":
            return None  # "talks PLANNED for May"
        case "acl":
            if kind == "to" and governor.pos_ == "PROPN":
                return None  # "MINISTER to visit": a headline
            if kind != "that" and _granted(governor, words):
                return Link(governor, PURPOSE)
            if own is not None and (kind != "ing" or marks_of(verb)):
                return Link(governor, own)
            return Link(governor, PURPOSE) if kind == "to" else Link(governor, TOLD) if kind == "that" else None
        case "advcl":
            return _adverbial(verb, kind, own, words)
        case _:
            return None


def _is_asked(verb: Token) -> bool:
    return any(child.tag_ in WH_TAGS and child.lower_ != "that" for child in verb.lefts)


def _granted(noun: Token, words: ModalWords) -> bool:
    """Tell whether what a noun asks for is granted: "ACCEPTED an invitation to visit Tarn"."""
    return noun.dep_ in {*OBJECTS, *PASSIVE_SUBJECTS} and noun.head.lemma_.lower() in words.granting_verbs


def _adverbial(verb: Token, kind: Kind, own: Signature | None, words: ModalWords) -> Link | None:
    governor = verb.head
    if governor.pos_ in {"ADV", "ADP"} and governor.head.i != governor.i and own is None:
        governor = governor.head  # "stopped SHORT of meeting"
        own = signature_of(governor, verb, kind, words)
    marks = marks_of(verb)
    if kind == "to":
        return Link(governor, own or PURPOSE)
    if kind == "ing":
        if own is not None:
            return Link(governor, own)
        return None if marks & words.negating_marks else Link(governor, BESIDE)
    if marks & words.temporal_marks and is_present(verb):
        return Link(governor, AHEAD)
    return None


def kind_of(verb: Token) -> Kind:
    """Return the form that a clause has."""
    if verb.dep_ in {"ccomp", "csubj", "xcomp"} and marks_of(verb) & {"if", "whether"}:
        return "whether"
    if is_infinitive(verb):
        return "to"
    finite = verb.tag_ in FINITE_TAGS or any(c.tag_ in {*FINITE_TAGS, "MD"} for c in auxiliaries(verb))
    if not finite and (verb.tag_ == "VBG" or any(child.tag_ == "VBG" for child in auxiliaries(verb))):
        return "ing"
    if finite or verb.dep_ in {"ccomp", "csubj"}:
        return "that"
    return "to" if verb.tag_ == "VB" else "np"


def shares_auxiliaries(verb: Token) -> bool:
    """Tell whether a coordinated verb stands under the first one's auxiliaries: "did not meet or talk", "will meet and talk"."""
    first = verb.head
    if (
        verb.dep_ != "conj"
        or first.pos_ not in {"VERB", "AUX", "ADJ"}
        or any(c.dep_ in AUXILIARIES or c.dep_.startswith("nsubj") for c in verb.children)
    ):
        return False
    joint = {child.lower_ for child in verb.lefts if child.dep_ == "cc"}
    if "but" in joint or (verb.tag_ in FINITE_TAGS and not joint & {"or", "nor"}):
        return False
    return verb.tag_ == first.tag_ and not is_infinitive(verb)
