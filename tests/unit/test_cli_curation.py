"""Who is who, decided on the command line: merge, split, rename, undo, and what takes documents out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.test_cli import Run, run

__all__ = ["run"]

TEXTS = {
    "first": "Foreign Minister Ilena Varo met the Danish delegation in Vienna on 24 February 2031. The fishing quotas remain open.",
    "second": "President Tomas Brek of Denmark met Ilena Varo, the foreign minister, in Oslo. The fishing quotas were agreed.",
}


@pytest.fixture
def built(run: Run, tmp_path: Path) -> Run:
    """Return ``run`` in a folder with a store of two documents."""
    lines = [json.dumps({"id": name, "text": text, "date": "2031-02-26"}) for name, text in TEXTS.items()]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, _, _ = run("build", "texts.jsonl")
    assert code == 0
    return run


def things(run: Run) -> dict[str, str]:
    """Return what each person's referent was found to be."""
    query = "SELECT ?r ?t { ?r dem:identifiedAs ?t . ?t a dem:Person }"
    _, out, _ = run("query", query, "--format", "json")
    rows = json.loads(out)["results"]["bindings"]
    return {row["r"]["value"].partition("/document/")[2]: row["t"]["value"].rpartition("/id/")[2] for row in rows}


def test_a_wrong_merge_is_found_undone_and_stays_undone(built: Run) -> None:
    before = things(built)
    code, out, _ = built("merge", "Ilena Varo", "Tomas Brek", "--reason", "a mistake")
    assert (code, out) == (0, "decision 1: noted (take it back with: kg undo 1)\n")
    assert set(things(built).values()) == {"person/ilena-varo"}
    _, found, _ = built("query", "SELECT ?why { ?decision a dem:Merge ; dem:reason ?why }")
    assert found.split() == ["why", "a", "mistake"]
    code, out, _ = built("undo", "1")
    assert (code, out) == (0, "decision 1: undone\n")
    assert things(built) == before
    assert built("build", "texts.jsonl")[0] == 0
    assert things(built) == before


def test_a_split_stands_after_another_build(built: Run) -> None:
    built("merge", "Ilena Varo", "Tomas Brek")
    code, out, _ = built("split", "person/ilena-varo")
    assert (code, out) == (0, "decision 2: noted (take it back with: kg undo 2)\n")
    apart = things(built)
    assert len(set(apart.values())) > 1
    built("build", "texts.jsonl")
    assert things(built) == apart


def test_split_by_document_sets_one_apart(built: Run) -> None:
    assert things(built)["second/referent/person/ilena-varo"] == "person/ilena-varo"
    built("split", "Ilena Varo", "--document", "second")
    assert things(built)["second/referent/person/ilena-varo"] == "document/second/referent/person/ilena-varo"


def test_rename_shows_in_what_is_shown(built: Run) -> None:
    built("rename", "Ilena Varo", "Dr. Ilena Varo")
    _, out, _ = built("show", "person/ilena-varo")
    assert "Dr. Ilena Varo" in out


def test_decisions_lists_what_was_decided(built: Run) -> None:
    built("rename", "Ilena Varo", "Dr. Varo", "--reason", "her degree")
    code, out, _ = built("decisions")
    assert code == 0
    assert "renaming" in out
    assert "her degree" in out


def test_remove_takes_a_document_out_and_leaves_decisions(built: Run) -> None:
    built("rename", "Ilena Varo", "Dr. Varo")
    code, out, _ = built("remove", "second")
    assert (code, out) == (0, "second: removed\n")
    assert built("show", "Tomas Brek")[0] == 1
    assert built("show", "Dr. Varo")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["remove", "third"], "document 'third': not in the store. It has: first, second."),
        (["undo", "9"], "decision 9: there is none of this number. There are: none."),
        (["merge", "Ilena Varo", "Denmark"], "of different sorts (Country, Person)"),
        (["split", "Tomas Brek"], "second speaks of it. There is nothing to split."),
        (["rename", "Nobody", "Somebody"], "'Nobody': not in the graph."),
    ],
)
def test_what_cannot_be_done_is_said(built: Run, arguments: list[str], message: str) -> None:
    code, _, err = built(*arguments)
    assert code == 1
    assert message in " ".join(err.split())


def test_show_tells_how_an_issue_stood(built: Run) -> None:
    code, out, _ = built("show", "fishing quotas")
    assert code == 0
    assert "2031-02-26" in out
