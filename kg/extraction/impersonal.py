"""Tell who agrees where the words name nobody: "It was agreed that …", "No agreement was reached on …" in a joint text.

In: a frame and the arguments of its document. Out: the ids of those whose text it is; none in texts of another kind, or where the
words name somebody.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.arguments import Arguments
from kg.extraction.frames import Frame
from kg.language.syntax import PASSIVE_SUBJECTS, is_passive

ISSUERS = "issuers"
"""The name under which a frame of ``frames.toml`` asks for them, as for a slot."""
DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def issuers_of(frame: Frame, arguments: Arguments) -> tuple[str, ...]:
    """Return those whose text it is where a frame says in the passive, without an agent and without a speaker, that something is agreed."""
    if ISSUERS not in frame.type.from_ or arguments.speaker_at(frame.predicate) is not None:
        return ()
    token = arguments.doc[frame.predicate]
    impersonal = _is_agentless(token) if frame.part == "verb" else _is_reached(token)
    return arguments.analysis.principals if impersonal else ()


def _is_agentless(verb: Token) -> bool:
    """Tell whether a verb is in the passive with "it" or a clause for its subject, and no agent: "it WAS AGREED that …"."""
    subjects = [child for child in verb.children if "subj" in child.dep_ or child.dep_ == "expl"]
    named = [subject for subject in subjects if subject.lower_ != "it" and not subject.dep_.startswith("csubj")]
    return is_passive(verb) and not named and not any(child.dep_ == "obl:agent" for child in verb.children)


def _is_reached(noun: Token) -> bool:
    """Tell whether a noun is the subject of a passive without an agent: "AGREEMENT was reached on …", not "the agreement was kept"."""
    if noun.dep_ not in PASSIVE_SUBJECTS or any(child.lower_ in DEFINITE or child.dep_ == "nmod:poss" for child in noun.lefts):
        return False
    return not any(child.dep_ == "obl:agent" for child in noun.head.children)
