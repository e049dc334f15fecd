"""The README keeps its word: each command in it, run over the samples, shows what it says; and every question has its page.

``make docs`` writes what the commands show now into the README, draws its picture, and writes the page of the questions.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
import shutil
import sys
import textwrap
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from kg.cli import main
from kg.config import Settings
from kg.export import FORMATS, MODALITY_NAMES, VIEWS, Selection
from kg.export.neo4j import NODE_COLUMNS, RELATIONSHIP_COLUMNS
from kg.graph.questions import Question, questions
from tests.consoles import CONSOLE, answer_to_curl, as_value, split_example

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "first-sample.svg"
QUESTIONS = ROOT / "docs" / "questions.md"
SAMPLES = "kg/samples/statements.jsonl"
SERVED = "http://127.0.0.1:8000/  (docs at /docs; stop with Ctrl-C)"


def examples() -> list[str]:
    return CONSOLE.findall(README.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty folder with a link to the package, as a clone has it."""
    path = tmp_path_factory.mktemp("clone")
    (path / "kg").symlink_to(ROOT / "kg")
    return path


def shown_by_kg(command: str, *, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], folder: Path) -> str:
    """Run a ``kg`` command as if on a terminal of 110 columns; return what it prints."""
    monkeypatch.chdir(folder)
    for name, value in {"COLUMNS": "110", "TERM": "xterm", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with suppress(SystemExit):
        main()
    printed = capfd.readouterr()
    assert printed.err.strip() == ""
    return re.sub(r"\x1b\[[0-9;]*m", "", printed.out)


def shown_by(
    command: str, *, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], folder: Path, rewriting: bool = False
) -> str:
    """Return what a command of the README shows."""
    if command == "make run":
        built = shown_by_kg(f"kg build {SAMPLES}", monkeypatch=monkeypatch, capfd=capfd, folder=folder)
        return built + SERVED
    if command.startswith("curl "):
        with TestClient(create_app(Settings(store=folder / "demarche-store"))) as client:
            text = answer_to_curl(client, command)
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False) if rewriting and text.startswith("{") else text
    return shown_by_kg(command, monkeypatch=monkeypatch, capfd=capfd, folder=folder)


def test_readme_shows_what_its_commands_print(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    """Run all examples in their order: the first one builds the store that the others ask."""
    rewriting = bool(request.config.getoption("--rewrite-docs"))
    text = README.read_text(encoding="utf-8")
    differing = []
    for example in examples():
        command, expected = split_example(example)
        shown = shown_by(command, monkeypatch=monkeypatch, capfd=capfd, folder=folder, rewriting=rewriting)
        if as_value(shown) == as_value(expected):
            continue
        differing.append(command)
        body = "\n".join(line.rstrip() for line in shown.strip().split("\n"))
        head = example[: len(example) - len(expected)] if expected else f"{example}\n"
        text = text.replace(f"$ {example}\n```", f"$ {head}{body}\n```")
    if rewriting:
        README.write_text(text, encoding="utf-8")
    else:
        assert differing == [], "run: make docs"


def page_of_questions() -> str:
    """Return docs/questions.md as the headers of the questions have it."""
    head = """# Questions that lie ready

`kg ask` lists them, `kg ask NAME --with PARAMETER=VALUE` answers one, and so does `/api/v1/questions/NAME?PARAMETER=VALUE`. Each is a
query under [`ontology/questions/`](../ontology/questions), with its answer over the samples beside it. An entity or an issue is given by
a name, an id or an IRI; a parameter that is not given has its default, which fits the samples. To add a question, add a file.

This page is written by `make docs`.
"""
    return "\n".join([head, *map(section_of, questions())])


def section_of(question: Question) -> str:
    link = f"[`{question.name}`](../ontology/questions/{question.name}.rq)"
    parameters = [f"- `{p.name}` ({p.kind}; default `{p.default}`): {p.description}" for p in question.parameters]
    columns = [f"| `{column.name}` | {column.description} |" for column in question.columns]
    parts = [
        f"## {question.title}",
        link,
        question.description,
        "\n".join(parameters),
        "\n".join(["| column | |", "|---|---|", *columns]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def test_page_of_questions_says_what_their_files_say(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--rewrite-docs"):
        QUESTIONS.write_text(page_of_questions(), encoding="utf-8")
    assert QUESTIONS.read_text(encoding="utf-8") == page_of_questions(), "run: make docs"


def test_readme_shows_a_build_a_query_a_lookup_and_an_export() -> None:
    commands = " ".join(split_example(example)[0].partition(" ")[0] + " " + example.split()[1] for example in examples())
    assert all(word in commands for word in ("make run", "kg ask", "kg query", "kg show", "kg export", "curl -s"))


def test_readme_shows_a_statement_of_the_samples() -> None:
    statements = [json.loads(line) for line in (ROOT / SAMPLES).read_text(encoding="utf-8").splitlines()]
    quoted = re.sub(
        r"^> ?", "", "\n".join(re.findall(r"^>.*$", README.read_text(encoding="utf-8"), re.MULTILINE)), flags=re.MULTILINE
    )
    flat = " ".join(quoted.split())
    assert any(" ".join(statement["text"].split()) in flat for statement in statements), textwrap.shorten(flat, 200)


def test_readme_names_every_target_of_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    readme = README.read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in readme] == []


def test_changelog_tells_of_the_version() -> None:
    from kg import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_picture_shows_the_graph_of_the_first_sample(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    first = (ROOT / SAMPLES).read_text(encoding="utf-8").splitlines()[0]
    (folder / "first.jsonl").write_text(first, encoding="utf-8")
    for command in ("kg build first.jsonl --store first", "kg export --format svg --store first --output first.svg"):
        shown_by_kg(command, monkeypatch=monkeypatch, capfd=capfd, folder=folder)
    if request.config.getoption("--rewrite-docs"):
        shutil.copy(folder / "first.svg", PICTURE)
    drawn, shown = (texts_of(picture) for picture in (folder / "first.svg", PICTURE))
    assert drawn == shown, "run: make docs"


def texts_of(picture: Path) -> list[str]:
    """Return what is written in a picture; where it stands may differ by the machine's arithmetic."""
    return sorted(text.text or "" for text in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text"))


def test_guide_to_exports_names_every_format_option_and_attribute() -> None:
    guide = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    options = {field.name for field in dataclasses.fields(Selection)} - {"documents", "predicates", "modalities"}
    columns = {column.partition(":")[0] for column in (*NODE_COLUMNS, *RELATIONSHIP_COLUMNS)} - {"", "id"}
    wanted = {*FORMATS, *VIEWS, *options, "document", "predicate", "modality", *MODALITY_NAMES, *columns}
    assert [name for name in sorted(wanted) if f"`{name}`" not in guide] == []
