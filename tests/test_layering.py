"""The arrows between the packages point one way, and each module keeps the house's measure.

Read from the syntax trees, so that an import within a function or for types alone counts as one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path for package in ("kg", "api") for path in (ROOT / package).rglob("*.py"))
ALL_MODULES = sorted([*MODULES, *(ROOT / "tests").rglob("*.py")])
MOST_LINES = 400
COMMANDS = ("kg.cli", "kg.training.__main__")

RDF_LIBRARIES = ("rdflib", "pyoxigraph", "pyshacl")
LAYOUT = "kg.tables"  # lays tables out, and prints none of them
PRINTING_LIBRARIES = ("rich", "typer", "click")
AFTER_THE_WAIST = ("kg.graph", "kg.store", "kg.export")
BEFORE_THE_WAIST = ("kg.language", "kg.extraction", "spacy")

MUST_NOT_IMPORT: dict[str, tuple[str, ...]] = {
    "kg": ("api", "kg.cli"),
    "kg.records": ("kg", "api"),
    "kg.errors": ("kg", "api"),
    "kg.reading": (*AFTER_THE_WAIST, *BEFORE_THE_WAIST, *RDF_LIBRARIES),
    "kg.language": (*AFTER_THE_WAIST, "kg.extraction", *RDF_LIBRARIES),
    "kg.extraction": (*AFTER_THE_WAIST, *RDF_LIBRARIES),
    "kg.graph": (*BEFORE_THE_WAIST, "kg.export"),
    "kg.store": (*BEFORE_THE_WAIST, "kg.export", "kg.editing"),
    "kg.outreach": (*AFTER_THE_WAIST, *BEFORE_THE_WAIST, *RDF_LIBRARIES, "kg.editing", "kg.reading"),
    "kg.export": BEFORE_THE_WAIST,
    "kg.ontology_pages": (*BEFORE_THE_WAIST, "kg.store", "kg.export"),
    "api": ("spacy", "kg.language", "kg.cli", "kg.training"),
}
"""What a package, and all that is in it, must not import: modules, packages with all that is in them, and libraries."""


def name_of(path: Path) -> str:
    """Return the dotted name of a module of the project."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_in(source: str, *, module: str, is_package: bool = False) -> Iterator[str]:
    """Yield the dotted name of all that a module imports; what it takes from a package, as a name in the package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: None if is_package and node.level == 1 else len(module.split(".")) - node.level]
            origin = ".".join([*(above if node.level else []), *([node.module] if node.module else [])])
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def lies_in(name: str, package: str) -> bool:
    """Tell whether a name is the package or something in it."""
    return name == package or name.startswith(f"{package}.")


def forbidden_imports(source: str, *, module: str, is_package: bool = False) -> list[str]:
    """Return what a module imports against the table above; what a package is banned for is no ban within it."""
    bans = [name for package, names in MUST_NOT_IMPORT.items() if lies_in(module, package) for name in names]
    banned = [ban for ban in bans if "." not in ban or not lies_in(module, ban)]
    found = imports_in(source, module=module, is_package=is_package)
    return sorted({name for name in found for ban in banned if lies_in(name, ban)})


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def imported(path: Path) -> list[str]:
    return list(imports_in(read(path), module=name_of(path), is_package=path.name == "__init__.py"))


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=[str(path.relative_to(ROOT)) for path in paths])


def test_modules_of_every_package_are_looked_at() -> None:
    seen = {name_of(path) for path in MODULES}
    assert set(MUST_NOT_IMPORT) <= seen


@pytest.mark.parametrize(
    ("source", "module", "found"),
    [
        ("import kg.graph.mapping", "kg.language.load", ["kg.graph.mapping"]),
        ("from kg import graph", "kg.language.load", ["kg.graph"]),
        ("from ..graph import mapping", "kg.language.load", ["kg.graph", "kg.graph.mapping"]),
        ("def f():\n    import rdflib", "kg.extraction.frames", ["rdflib"]),
        ("from spacy.tokens import Doc", "api.app", ["spacy.tokens", "spacy.tokens.Doc"]),
        ("from kg.errors import StoreError", "kg.records", ["kg.errors", "kg.errors.StoreError"]),
        ("import spacy_alike", "api.app", []),
        ("from kg.records import Span", "kg.language.load", []),
        ("from kg.cli.console import app", "kg.cli.asking", []),
        ("from kg.cli.console import app", "kg.build", ["kg.cli.console", "kg.cli.console.app"]),
    ],
)
def test_forbidden_imports_finds_every_way_to_import(source: str, module: str, found: list[str]) -> None:
    assert forbidden_imports(source, module=module) == found


@each(MODULES)
def test_imports_point_one_way(path: Path) -> None:
    assert forbidden_imports(read(path), module=name_of(path), is_package=path.name == "__init__.py") == []


@each([path for path in MODULES if not any(lies_in(name_of(path), command) for command in COMMANDS)])
def test_only_commands_print(path: Path) -> None:
    names = [name for name in imported(path) if name_of(path) != LAYOUT or not lies_in(name, "rich.table")]
    assert [name for name in names if any(lies_in(name, library) for library in PRINTING_LIBRARIES)] == []
    calls = [node.func for node in ast.walk(ast.parse(read(path))) if isinstance(node, ast.Call)]
    assert [call.lineno for call in calls if isinstance(call, ast.Name) and call.id in {"print", "pprint"}] == []


@each([path for path in MODULES if not lies_in(name_of(path), "kg.training")])
def test_only_training_needs_its_libraries(path: Path) -> None:
    assert [name for name in imported(path) if lies_in(name, "conllu") or lies_in(name, "torch")] == []


@each(ALL_MODULES)
def test_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(read(path)))


@each(ALL_MODULES)
def test_module_holds_one_concept(path: Path) -> None:
    assert len(read(path).splitlines()) <= MOST_LINES
