"""What a clause says of its own predicate by its adverbs, auxiliaries, conjunctions and mood.

In: the head of a clause. Out: a Modality, without what governs the clause. A condition is strongest, then a negation, then the modal verb.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.lexicon import ModalWords
from kg.extraction.modality.conditions import MARKS, has_condition, is_condition, marks_of
from kg.extraction.modality.tense import auxiliaries, is_infinitive, is_past, is_present
from kg.language.syntax import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, preposition_of
from kg.records import Modality

ADVERBS = frozenset({"advmod", "neg", "det", "cc:preconj", "discourse", "cc", "obl:unmarked", "obl:tmod", "npadvmod"})
WH_TAGS = frozenset({"WP", "WP$", "WRB", "WDT"})


def clause_modality(verb: Token, words: ModalWords) -> Modality:
    """Return what a clause's own words make of its predicate."""
    marks = marks_of(verb)
    if marks & words.whether_marks or (verb.dep_ == "ccomp" and "if" in marks):
        return "possible"
    if is_condition(verb, words):
        return "conditional"
    if is_performed(verb, words):
        return "desired" if any(child.lower_ in {"would", "'d", "’d"} for child in auxiliaries(verb)) else "asserted"
    negated = is_negated(verb, words)
    if negated and _until(verb) is not None:
        return "asserted" if is_past(verb) else "conditional"
    if has_condition(verb, words):
        return "conditional"
    own = _of_auxiliaries(verb, words, negated=negated)
    if negated:
        return "possible" if own == "possible" and not _is_unable(verb) else "negated"
    return "possible" if _is_open_question(verb) else own


def is_negated(verb: Token, words: ModalWords) -> bool:
    """Tell whether a clause denies its predicate, by an adverb, a conjunction, a subject or object with "no", or a phrase."""
    marks = marks_of(verb)
    for child in verb.children:
        if child.lower_ in words.negating_adverbs and child.dep_ in ADVERBS and not _is_not_only(child, words):
            return True
        if child.dep_ in MARKS and child.lower_ in words.negating_marks:
            return True
        if child.dep_ in {*PASSIVE_SUBJECTS, *OBJECTS} and "before" in marks and any(d.lower_ == "any" for d in child.lefts):
            return True  # "before any agreement was reached"
        if child.dep_ == "advmod" and any(part.lower_ == "no" for part in child.children):
            return True  # "no longer", "no more"
        if child.dep_ in {*SUBJECTS, *PASSIVE_SUBJECTS, *OBJECTS} and has_no(child, words):
            return True
        if child.dep_.startswith("obl") and child.lemma_.lower() in words.negating_phrases and has_no(child, words):
            return True
        if child.dep_ == "prep" and any(n.lemma_.lower() in words.negating_phrases and has_no(n, words) for n in child.children):
            return True
    return False


def has_no(noun: Token, words: ModalWords) -> bool:
    """Tell whether a noun phrase is of none: "no talks", "neither side", "none of them", "no one"."""
    if noun.lower_ in words.negating_words:
        return True
    return any(c.lower_ in words.negating_words and c.dep_ in {"det", "cc:preconj", "advmod", "neg"} for c in noun.lefts)


def is_performed(verb: Token, words: ModalWords) -> bool:
    """Tell whether saying so does it: "I want to THANK you", "I must STRESS that they met", "let me REPEAT it"."""
    if verb.lemma_.lower() not in words.performed_verbs or is_negated(verb, words):
        return False
    speaker = verb.head if verb.dep_ in {"xcomp", "advcl", "ccomp"} else verb
    if speaker.lemma_.lower() == "let":
        return any(child.lower_ == "me" for child in (*speaker.rights, *verb.lefts))
    if any(child.lower_ in words.planning_modals - {"would", "'d", "’d"} for child in auxiliaries(verb)):
        return False
    wish = words.signature("verb", speaker.lemma_.lower())
    if speaker.i != verb.i and (wish is None or wish.affirmed != "desired"):
        return False
    polite = any(child.lower_ in {"would", "'d", "’d"} for child in auxiliaries(speaker))
    return (
        (_is_first_person(speaker) or (polite and speaker.i != verb.i))
        and not is_past(speaker)
        and not is_negated(speaker, words)
    )


def is_own_view(verb: Token, words: ModalWords) -> bool:
    """Tell whether a verb only marks what follows as the speaker's view: "I THINK we have made progress"."""
    return verb.lemma_.lower() in words.own_view_verbs and _is_first_person(verb) and not is_past(verb)


def _is_first_person(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS and child.lower_ in {"i", "we"} for child in verb.lefts)


def _is_not_only(adverb: Token, words: ModalWords) -> bool:
    following = adverb.doc[adverb.i + 1] if adverb.i + 1 < len(adverb.doc) else None
    return following is not None and following.lower_ in words.not_alone and adverb.lower_ in {"not", "n't", "n’t"}


def _until(verb: Token) -> Token | None:
    """Return what a denial ends with: "not UNTIL Monday", "not until they leave", "until they leave, no one will"."""
    for child in verb.children:
        if child.dep_.startswith("obl") and child.i > verb.i and preposition_of(child) in {"until", "till"}:
            return child
        if child.dep_ == "advcl" and marks_of(child) & {"until", "till", "unless"}:
            return child
    return None


def _of_auxiliaries(verb: Token, words: ModalWords, *, negated: bool) -> Modality:
    own = {child.lower_ for child in auxiliaries(verb)}
    perfect = verb.tag_ == "VBN" and bool(own & {"have", "'ve", "’ve"})
    if own & words.possible_modals:
        return "possible"
    if own & words.desired_modals:
        return ("possible" if "must" in own else "negated") if perfect else "desired"
    adverbs = {child.lower_ for child in verb.children if child.dep_ in ADVERBS}
    if adverbs & words.possible_adverbs:
        return "possible"
    if adverbs & words.desired_adverbs:
        return "desired"
    to_be = _is_to_be(verb)
    if to_be or (own & words.planning_modals and not _is_past_perfect(verb)):
        counterfactual = perfect and (to_be or "would" in own) and not _is_told(verb) and not negated
        return "negated" if counterfactual else (_aim(verb, words) if to_be else "planned")
    if _is_announced(verb, adverbs, words):
        return "planned"
    return "desired" if _is_imperative(verb) else "asserted"


def _is_unable(verb: Token) -> bool:
    """Tell whether a denied modal denies the act itself: who cannot come does not come, who may not come might."""
    return any(child.lower_ in {"can", "could", "ca"} for child in auxiliaries(verb))


def _is_told(verb: Token) -> bool:
    return verb.dep_ in {"ccomp", "parataxis"}


def _is_past_perfect(verb: Token) -> bool:
    """Tell whether a "'d" is that of the perfect: "he'd met", where the verb is a past participle."""
    return verb.tag_ == "VBN" and any(child.lower_ in {"'d", "’d"} for child in auxiliaries(verb))


def _is_to_be(verb: Token) -> bool:
    """Tell whether a verb stands behind "is to" or "due to": "talks ARE TO be held"; in a headline, "minister TO visit"."""
    if any(child.dep_ in MARKS and child.lower_ == "due" for child in verb.lefts):
        return any(child.dep_ == "cop" for child in verb.lefts)
    to = next((child for child in verb.lefts if child.lower_ == "to" and child.dep_ in {"mark", "aux"}), None)
    if to is None:
        return False
    if verb.dep_ == "ROOT" or (verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.pos_ == "PROPN"):
        return True
    return any(child.lower_ in {"is", "are", "was", "were", "am"} and child.i < to.i for child in auxiliaries(verb))


def _aim(verb: Token, words: ModalWords) -> Modality:
    """Return what the subject of "is to" makes of it: "the AIM is to meet", "the minister is to meet"."""
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    signature = words.signature("noun", subject.lemma_.lower()) if subject is not None else None
    return signature.affirmed if signature is not None and signature.affirmed != "asserted" else "planned"


def _is_announced(verb: Token, adverbs: set[str], words: ModalWords) -> bool:
    """Tell whether the present tells of what is to come: "they meet tomorrow", "they are meeting next week"."""
    if not is_present(verb):
        return False
    return bool(adverbs & words.future_adverbs) or any(
        child.dep_ in {"obl:unmarked", "obl:tmod", "npadvmod"} and any(n.lower_ in {"next", "coming"} for n in child.lefts)
        for child in verb.children
    )


def _is_imperative(verb: Token) -> bool:
    """Tell whether a clause without a subject bids: "meet them", "please do not leave"."""
    if verb.tag_ != "VB" or verb.dep_ != "ROOT" or is_infinitive(verb):
        return False
    return not any(
        child.dep_ in {*SUBJECTS, *PASSIVE_SUBJECTS, "expl"} or (child.dep_ in {"aux", "aux:pass"} and child.lower_ != "do")
        for child in verb.children
    )


def _is_open_question(verb: Token) -> bool:
    """Tell whether a main clause asks whether: "did they meet?"; one that asks who or why takes the meeting for granted."""
    if verb.dep_ != "ROOT" and not _is_under_auxiliary(verb):
        return False
    if not any(child.text == "?" for child in (*verb.rights, *verb.head.rights)):
        return False
    subject = next((child for child in verb.children if child.dep_ in {*SUBJECTS, *PASSIVE_SUBJECTS, "expl"}), None)
    first = next(auxiliaries(verb), verb.head)
    return subject is not None and first.i < subject.i and not any(token.tag_ in WH_TAGS for token in _fronted(verb))


def _is_under_auxiliary(verb: Token) -> bool:
    """Tell whether a parse hangs a participle on its auxiliary: "HAVE the parties met?"."""
    return verb.dep_ in {"xcomp", "ccomp"} and verb.head.dep_ == "ROOT" and verb.head.pos_ == "AUX" and not is_infinitive(verb)


def _fronted(verb: Token) -> Iterator[Token]:
    """Yield what stands before a verb directly, and what its phrases there begin with."""
    for child in verb.lefts:
        yield child
        yield from child.lefts
