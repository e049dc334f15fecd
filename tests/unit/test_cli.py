"""The command line as a person uses it: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main

TEXT = 'Foreign Minister Ilena Varo met the Danish delegation in Vienna on 24 February 2031. "We agree," said Varo.'

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs ``kg`` in an empty folder and returns exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def statement(tmp_path: Path) -> Path:
    path = tmp_path / "vienna.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_extract_prints_json_with_the_given_date(run: Run, statement: Path) -> None:
    code, out, err = run("extract", str(statement), "--date", "2031-02-26")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert found["document"] == {
        "id": "vienna",
        "text": TEXT,
        "title": None,
        "date": "2031-02-26",
        "source": str(statement),
        "language": "en",
    }
    assert [s["text"] for s in found["statements"] if s["direct"]] == ["We agree"]


def test_extract_prints_one_extraction_a_line_for_json_lines(run: Run, tmp_path: Path) -> None:
    lines = [{"id": name, "text": "Norway met Denmark.", "date": "2031-02-26"} for name in ("a", "b")]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    code, out, _ = run("extract", str(path), "--format", "jsonl")
    assert (code, [json.loads(line)["document"]["id"] for line in out.splitlines()]) == (0, ["a", "b"])


@pytest.mark.parametrize("form", ["turtle", "trig", "nt", "jsonld"])
def test_extract_writes_rdf_that_reads_back(run: Run, statement: Path, form: str) -> None:
    from rdflib import Dataset

    code, out, _ = run("extract", str(statement), "--format", form)
    dataset = Dataset(default_union=True)
    dataset.parse(data=out, format={"jsonld": "json-ld", "nt": "nt11"}.get(form, form))
    assert (code, len(dataset) > 50) == (0, True)


def test_build_query_show_export_and_validate_work_together(run: Run, statement: Path, tmp_path: Path) -> None:
    code, out, _ = run("build", str(statement), "--date", "2031-02-26", "--store", "graph")
    assert (code, "documents" in out) == (0, True)
    code, out, _ = run("query", "SELECT ?n { ?p a dem:Person ; rdfs:label ?n }", "--store", "graph", "--format", "csv")
    assert (code, out.splitlines()) == (0, ["n", "Ilena Varo"])
    code, out, _ = run("show", "Varo", "--store", "graph")
    assert code == 0
    assert all(word in out for word in ("Ilena Varo", "Foreign Minister", "We agree", "Vienna", "2031-02-24"))
    code, out, _ = run("export", "--format", "graphml", "--store", "graph", "--output", "graph.graphml")
    assert (code, (tmp_path / "graph.graphml").read_bytes()[:5]) == (0, b"<?xml")
    code, out, _ = run("validate", "--store", "graph")
    assert (code, out.strip().endswith("conforms")) == (0, True)


def test_export_writes_the_part_that_is_asked_for(run: Run, statement: Path, tmp_path: Path) -> None:
    run("build", str(statement), "--date", "2031-02-26", "--store", "graph")
    criteria = ("--around", "Ilena Varo", "--depth", "2", "--since", "2031-02-01", "--until", "2031-03-01", "--confidence", "0.1")
    more = ("--document", "vienna", "--predicate", "metWith", "--predicate", "holdsRole", "--modality", "asserted")
    code, out, _ = run("export", "--format", "nt", "--view", "reifier", "--store", "graph", *criteria, *more)
    assert code == 0
    assert "reifies> <<( <https://w3id.org/demarche/id/person/ilena-varo>" in out
    code, out, _ = run("export", "--format", "svg", "--store", "graph", *criteria, "--output", "varo.svg")
    assert (code, b"Ilena Varo" in (tmp_path / "varo.svg").read_bytes()) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--predicate", "meets"), 1, "predicate 'meets': no such predicate. Name one of: about,"),
        (("--modality", "sure"), 1, "modality 'sure'"),
        (("--around", "Ilena Vero"), 1, "Did you mean 'Ilena Varo'"),
        (("--document", "vienne"), 1, "Did you mean 'vienna'"),
        (("--depth", "-1"), 1, "depth -1"),
        (("--view", "reifier"), 1, "svg is no format of RDF"),
        (("--since", "tuesday"), 2, "'tuesday' is no date"),
    ],
)
def test_export_says_what_is_wrong_with_a_selection(
    run: Run, statement: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    run("build", str(statement), "--date", "2031-02-26", "--store", "graph")
    answer, _, err = run("export", "--format", "svg", "--store", "graph", *arguments)
    assert (answer, told in " ".join(err.split())) == (code, True)


def test_build_replaces_a_document_of_the_same_source(run: Run, statement: Path) -> None:
    for text in (TEXT, "Norway thanked Finland."):
        statement.write_text(text, encoding="utf-8")
        assert run("build", str(statement), "--store", "graph")[0] == 0
    _, out, _ = run("query", "SELECT ?n { ?e dem:named true ; rdfs:label ?n } ORDER BY ?n", "--store", "graph", "--format", "csv")
    assert out.splitlines()[1:] == ["Finland", "Norway"]


def test_build_refuses_another_source_of_the_same_id(run: Run, statement: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "vienna.txt"
    other.parent.mkdir()
    other.write_text("Norway thanked Finland.", encoding="utf-8")
    assert run("build", str(statement), "--store", "graph")[0] == 0
    code, _, err = run("build", str(other), "--store", "graph")
    assert (code, "has a document 'vienna' from" in err, "another id" in err) == (1, True, True)


def test_build_adds_the_others_when_one_source_is_bad(run: Run, statement: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    code, out, err = run("build", "empty.txt", str(statement), "--store", "graph")
    assert (code, "empty.txt" in err, "1 of 2 sources" in err) == (1, True, True)
    _, out, _ = run("query", "ASK { ?p rdfs:label 'Ilena Varo' }", "--store", "graph")
    assert out == "true\n"


def test_build_says_that_a_document_has_no_date(run: Run, statement: Path) -> None:
    code, _, err = run("build", str(statement), "--store", "graph")
    assert (code, "vienna has no date" in err) == (0, True)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t ", "empty|white space"),
        ("binary.txt", b"\x00\x01\x02PK\x03", "binary|control|text"),
        ("latin.txt", "Zürich".encode("latin-1"), "UTF-8"),
        ("lone.jsonl", b'{"id": "x", "text": "a \\ud800 b"}', "surrogate"),
    ],
)
def test_extract_names_the_input_and_the_fault(run: Run, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    import re

    (tmp_path / name).write_bytes(content)
    code, out, err = run("extract", name)
    assert (code, out) == (1, "")
    assert name in err
    assert re.search(message, err) is not None, err


def test_extract_refuses_a_text_of_fifty_megabytes(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    code, _, err = run("extract", "large.txt")
    assert (code, "large.txt: larger than" in err) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [("extract",), ("extract", "x.txt", "--date", "Thursday"), ("extract", "x.txt", "--format", "docx"), ("fly",)],
)
def test_wrong_usage_ends_with_two(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_query_tells_line_and_column_of_a_fault(run: Run, statement: Path) -> None:
    run("build", str(statement), "--store", "graph")
    code, _, err = run("query", "SELECT ?x {\n ?x ?y }", "--store", "graph")
    assert (code, "line 2" in err) == (1, True)


def test_commands_say_how_to_make_a_store_that_is_not_there(run: Run) -> None:
    for command in (("query", "ASK {}"), ("show", "x"), ("export", "--format", "dot"), ("validate",), ("serve",)):
        code, _, err = run(*command, "--store", "nowhere")
        assert (code, "nowhere: no store there. Build one with" in err) == (1, True)


def test_show_suggests_names_for_an_unknown_entity(run: Run, statement: Path) -> None:
    run("build", str(statement), "--store", "graph")
    code, _, err = run("show", "Ilena Vara", "--store", "graph")
    assert (code, "Ilena Varo" in err) == (1, True)


def test_a_store_that_another_process_holds_is_named(run: Run, statement: Path, tmp_path: Path) -> None:
    run("build", str(statement), "--store", "graph")
    script = "import sys; from pathlib import Path; from kg.store.embedded import EmbeddedStore\n"
    script += "with EmbeddedStore(Path('graph')): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        code, _, err = run("build", str(statement), "--store", "graph")
        holder.communicate("")
    assert (code, "graph" in err) == (1, True)
    assert run("query", "ASK { ?p rdfs:label 'Ilena Varo' }", "--store", "graph")[1] == "true\n"


@pytest.mark.parametrize("command", ["extract", "build", "query", "show", "export", "validate", "serve"])
def test_help_of_each_command_has_an_example(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert (code, "Example: kg " + command in out) == (0, True)


def test_frames_shows_what_a_sentence_yields_and_why(run: Run) -> None:
    code, out, _ = run("frames", "Denmark backed the plan.")
    assert code == 0
    assert "support (back)" in out
    assert "Denmark supports “plan”" in out


def test_ask_lists_the_questions_without_a_store(run: Run) -> None:
    code, out, err = run("ask")
    assert (code, err) == (0, "")
    assert "who-met-whom" in out
    assert "on (date)" in out


def test_ask_answers_a_question_with_a_value(run: Run, statement: Path) -> None:
    run("build", str(statement), "--date", "2031-02-26")
    code, out, err = run("ask", "which-documents-speak-of", "--with", "who=Ilena Varo", "--format", "csv")
    assert (code, err) == (0, "")
    assert out.splitlines() == ["date,document,title,mentions", "2031-02-26,vienna,,3"]


def test_ask_says_in_a_table_what_is_asked_with_which_values(run: Run, statement: Path) -> None:
    run("build", str(statement), "--date", "2031-02-26")
    _, out, _ = run("ask", "what-must-happen-before", "-w", "before=2031-01-01", "--format", "table")
    assert out.startswith("What must happen before a day? (before: 2031-01-01)")
    assert out.rstrip().endswith("0 rows")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("who-mets-whom",), "Did you mean who-met-whom"),
        (("who-met-whom", "--with", "who=Varo"), "no parameter 'who'"),
        (("what-was-known-on", "--with", "on=soon"), "'soon' is no day. Write it as 2025-11-23."),
        (("who-last-met-whom", "--with", "who=Ilena Vara"), "Did you mean 'Ilena Varo'?"),
    ],
)
def test_ask_says_what_is_wrong_with_a_question(run: Run, statement: Path, arguments: tuple[str, ...], message: str) -> None:
    run("build", str(statement), "--date", "2031-02-26")
    code, out, err = run("ask", *arguments)
    assert (code, out) == (1, "")
    assert message in err


def test_ask_refuses_a_value_without_a_name(run: Run) -> None:
    code, _, err = run("ask", "what-was-known-on", "--with", "soon")
    assert code == 2
    assert "Write it as on=2025-11-23" in err


def test_search_finds_names_and_words(run: Run, statement: Path) -> None:
    run("build", str(statement), "--date", "2031-02-26")
    code, out, err = run("search", "varo", "ilena")
    assert (code, err) == (0, "")
    assert "person/ilena-varo" in out
    assert "We agree" in run("search", "agree", "--kind", "Statement")[1]
    assert "nothing found" in run("search", "zzz")[1]
    code, _, err = run("search", "varo", "--kind", "Colour")
    assert code == 2
    assert "Name one of: Person" in err
