"""The guide to the server: every route is in it, and every command in it gives the answer that it shows."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from kg.export import FORMATS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "serving.md"
SERVER = "http://127.0.0.1:8000"
CONSOLE = re.compile(r"```console\n\$ (curl .*?)\n```", re.DOTALL)


@dataclass
class Curl:
    """What a curl command asks for; of its options, those that the guide uses."""

    url: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    in_url: bool = False


def read_command(words: list[str]) -> Curl:
    """Read the words after ``curl``, up to a pipe."""
    asked = Curl()
    rest = iter(words)
    for word in rest:
        match word:
            case "|":
                break
            case "-s":
                pass
            case "-G":
                asked.in_url = True
            case "-H":
                name, _, value = next(rest).partition(": ")
                asked.headers[name] = value
            case "-X":
                asked.method = next(rest)
            case "--data" | "-d":
                asked.data.append(next(rest))
            case "--data-urlencode":
                name, _, value = next(rest).partition("=")
                asked.data.append(urlencode({name: value}))
            case _:
                assert word.startswith(SERVER), word
                asked.url = word.removeprefix(SERVER)
    return asked


def answer_to(client: TestClient, command: str) -> str:
    """Run a curl command against the app in this process; return the body."""
    asked = read_command(shlex.split(command)[1:])
    client.headers.update({"Accept": "*/*"})
    body = "&".join(asked.data)
    if asked.in_url:
        return client.request("GET", f"{asked.url}?{body}", headers=asked.headers).text
    if asked.data:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return client.request("POST", asked.url, content=body, headers=form | asked.headers).text
    return client.request(asked.method, asked.url, headers=asked.headers).text


def split(example: str) -> tuple[str, str]:
    """Part an example into the command, which goes on while a quotation or a line is open, and what it shows."""
    lines = example.split("\n")
    for end in range(1, len(lines) + 1):
        command = "\n".join(lines[:end])
        try:
            shlex.split(command)
        except ValueError:
            continue
        if not command.endswith("\\"):
            return command.replace("\\\n", " "), "\n".join(lines[end:])
    raise AssertionError(f"the command does not end: {example}")


def as_value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text.replace("\r\n", "\n").strip()


def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", CONSOLE.findall(guide()), ids=lambda example: example.split("\n")[0][:60])
def test_guide_shows_what_the_server_answers(client: TestClient, example: str) -> None:
    command, shown = split(example)
    assert as_value(answer_to(client, command)) == as_value(shown)


def test_guide_has_enough_examples() -> None:
    assert len(CONSOLE.findall(guide())) >= 8


def test_guide_names_every_route(client: TestClient) -> None:
    for path in client.get("/openapi.json").json()["paths"]:
        assert f"`{path}`" in guide(), path


def test_guide_names_every_export_format() -> None:
    for name, form in FORMATS.items():
        assert f"| `{name}` | `{form.media_type}` | {form.description} |" in guide()
