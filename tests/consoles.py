"""Run the examples of the documents: what stands behind ``$`` in a console block, and the answer below it."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi.testclient import TestClient

SERVER = "http://127.0.0.1:8000"
CONSOLE = re.compile(r"```console\n\$ (.*?)\n```", re.DOTALL)


@dataclass
class Curl:
    """What a curl command asks for; of its options, those that the documents use."""

    url: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    in_url: bool = False


def read_curl(words: list[str]) -> Curl:
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


def answer_to_curl(client: TestClient, command: str) -> str:
    """Run a curl command against an app in this process; return the body."""
    asked = read_curl(shlex.split(command)[1:])
    client.headers.update({"Accept": "*/*"})
    body = "&".join(asked.data)
    if asked.in_url:
        return client.request("GET", f"{asked.url}?{body}", headers=asked.headers).text
    if asked.data:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return client.request("POST", asked.url, content=body, headers=form | asked.headers).text
    return client.request(asked.method, asked.url, headers=asked.headers).text


def split_example(example: str) -> tuple[str, str]:
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
    """Return JSON as its value and other text without the white space around its lines, so that layout does not count."""
    try:
        return json.loads(text)
    except ValueError:
        return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
