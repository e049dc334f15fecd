"""Whether predicates have the arguments that frames ask for, on parses written by hand."""

from __future__ import annotations

from kg.extraction.fitting import forms_of, is_complete
from kg.extraction.lexicon import FrameType
from tests.docs import a_doc


def test_forms_of_gives_a_noun_alone_with_its_modifier_and_with_what_is_behind_of() -> None:
    doc = a_doc("aid aid NOUN compound 2", "programs program NOUN ROOT 0")
    assert list(forms_of(doc[1])) == ["program", "aid program"]
    doc = a_doc("state state NOUN ROOT 0", "of of ADP case 3", "emergency emergency NOUN nmod 1")
    assert list(forms_of(doc[0])) == ["state", "state of emergency"]


def test_forms_of_looks_through_measures_and_verbs_of_beginning() -> None:
    doc = a_doc("rounds round NOUN ROOT 0", "of of ADP case 3", "talks talk NOUN nmod 1")
    assert list(forms_of(doc[0])) == ["round", "round of talk", "talk"]
    doc = a_doc("resume resume VERB ROOT 0", "shelling shell VERB xcomp 1")
    assert list(forms_of(doc[0])) == ["resume", "shell"]


def test_forms_of_tells_a_name() -> None:
    assert list(forms_of(a_doc("Varo Varo PROPN ROOT 0")[0])) == ["varo", "NAME"]


def test_is_complete_wants_one_of_the_slots_and_one_of_the_words() -> None:
    doc = a_doc("lifted lift VERB ROOT 0", "bans ban NOUN obj 1")
    any_object = FrameType(id="x", verbs=("lift",), requires=("object", "on"))
    a_siege = FrameType(id="y", verbs=("lift",), requires=("object",), among=frozenset({"siege"}))
    a_ban = FrameType(id="z", verbs=("lift",), requires=("object",), among=frozenset({"siege", "ban"}))
    slots = {"object": (1,)}
    assert [is_complete(frame, slots, doc) for frame in (any_object, a_siege, a_ban)] == [True, False, True]
    assert not is_complete(any_object, {"subject": (1,)}, doc)
    assert is_complete(FrameType(id="w", verbs=("lift",)), {}, doc)
