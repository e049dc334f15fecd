"""The guide to the server: every route is in it, and every command in it gives the answer that it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kg.export import FORMATS
from tests.consoles import CONSOLE, answer_to_curl, as_value, split_example

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "serving.md"


def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", CONSOLE.findall(guide()), ids=lambda example: example.split("\n")[0][:60])
def test_guide_shows_what_the_server_answers(client: TestClient, example: str) -> None:
    command, shown = split_example(example)
    assert as_value(answer_to_curl(client, command)) == as_value(shown)


def test_guide_has_enough_examples() -> None:
    assert len(CONSOLE.findall(guide())) >= 8


def test_guide_names_every_route(client: TestClient) -> None:
    for path in client.get("/openapi.json").json()["paths"]:
        assert f"`{path}`" in guide(), path


def test_guide_names_every_export_format() -> None:
    for name, form in FORMATS.items():
        assert f"| `{name}` | `{form.media_type}` | {form.description} |" in guide()
