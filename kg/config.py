"""The settings: one frozen record, from flags, then ``DEMARCHE_*`` variables, then ``demarche.toml``, then the defaults."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import SettingsError
from kg.graph.vocabulary import DEFAULT_BASE

ENVIRONMENT_PREFIX = "DEMARCHE_"
_LEAST_MEMORY = 2**26
_MOST_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run can be told.

    ``store`` is the folder of the embedded store, or the address (http or https) of a SPARQL 1.1 server; ``base`` the IRI that
    resources are named under; ``model`` the name or path of a spaCy pipeline (None: the one in the package); ``max_bytes`` the
    largest source that is read. ``gazetteer`` holds the user's own files of names and people, read after the package's: a list in
    TOML, in the environment one text with the system's path separator between them. ``link_threshold`` is the confidence, from
    0 to 1, below which nobody is linked to a known person.

    What a served query may cost: ``workers`` queries run at once (0: one for each processor, but two at least) beside ``long_queries``
    that take long; ``query_timeout`` is how many seconds a query has, ``longest_timeout`` how many it may ask for, ``query_memory`` how
    many bytes it may allocate. ``default_graph`` is "union" (of all named graphs) or "plain" (a graph of its own).
    """

    store: Path | str = Path("demarche-store")
    base: str = DEFAULT_BASE
    model: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    max_bytes: int = 20_000_000
    gazetteer: tuple[Path, ...] = ()
    link_threshold: float = 0.6
    workers: int = 0
    long_queries: int = 16
    query_timeout: float = 30.0
    longest_timeout: float = 600.0
    query_memory: int = 2**30
    default_graph: str = "union"

    @property
    def store_folder(self) -> Path:
        """The folder of an embedded store. Raises SettingsError where the store is on a server."""
        if isinstance(self.store, str):
            raise SettingsError(f"{self.store}: is a server, and this needs a store in a folder. Name one with --store.")
        return self.store


def load_settings(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str],
    file: Path | None = None,
) -> Settings:
    """Combine the sources of settings; a flag that is None was not given.

    Raises SettingsError for a name that is no setting or a value of the wrong type, naming where it came from.
    """
    values: dict[str, object] = {}
    if file is not None and file.exists():
        try:
            values |= _checked(tomllib.loads(file.read_text(encoding="utf-8")), origin=str(file))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{file}: not readable as TOML ({error}). Mend it or remove it.") from error
    from_environment = {
        name.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(ENVIRONMENT_PREFIX) and name.removeprefix(ENVIRONMENT_PREFIX).lower() in _names()
    }
    values |= _checked(from_environment, origin="environment")
    values |= _checked({name: value for name, value in (flags or {}).items() if value is not None}, origin="command line")
    return dataclasses.replace(Settings(), **values)  # type: ignore[arg-type]  # checked against the fields above


def _names() -> set[str]:
    return {field.name for field in dataclasses.fields(Settings)}


def _checked(values: Mapping[str, object], *, origin: str) -> dict[str, object]:
    checked: dict[str, object] = {}
    for name, value in values.items():
        if name not in _names():
            raise SettingsError(f"{origin}: {name!r} is no setting. Name one of: {', '.join(sorted(_names()))}.")
        try:
            match name:
                case "store":
                    checked[name] = _store(str(value), origin=origin)
                case "port" | "max_bytes":
                    checked[name] = int(str(value))
                case "gazetteer":
                    checked[name] = _paths(value, origin=origin)
                case "workers" | "long_queries":
                    checked[name] = _at_least(value, least=0, name=name, origin=origin)
                case "query_memory":
                    checked[name] = _at_least(value, least=_LEAST_MEMORY, name=name, origin=origin)
                case "query_timeout" | "longest_timeout":
                    checked[name] = _seconds(value, name=name, origin=origin)
                case "default_graph":
                    checked[name] = _one_of(value, ("union", "plain"), name=name, origin=origin)
                case "link_threshold":
                    checked[name] = _share(value, name=name, origin=origin)
                case _:
                    checked[name] = str(value)
        except ValueError as error:
            raise SettingsError(f"{origin}: {name} must be a whole number, not {value!r}.") from error
    base = str(checked.get("base", DEFAULT_BASE))
    if not base.endswith(("/", "#")):
        raise SettingsError(f"{origin}: base {base!r} must end with '/' or '#', since names are appended to it.")
    return checked


def _store(value: str, *, origin: str) -> Path | str:
    """Read the store's folder, or the address of its server. A password in an address would end up in messages and logs."""
    if not value.lower().startswith(("http://", "https://")):
        return Path(value)
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise SettingsError(f"{origin}: store must be a folder or an address such as http://127.0.0.1:7878 ({error}).") from error
    if parts.username is not None or parts.password is not None:
        raise SettingsError(
            f"{origin}: store must be an address without a user or password. Set DEMARCHE_STORE_USER and DEMARCHE_STORE_PASSWORD."
        )
    if not host or parts.fragment:
        raise SettingsError(
            f"{origin}: store {value!r} must name a server, as http://127.0.0.1:7878 does, and nothing after a '#'."
        )
    return value


def _paths(value: object, *, origin: str) -> tuple[Path, ...]:
    if isinstance(value, str):
        return tuple(Path(part) for part in value.split(os.pathsep) if part)
    if isinstance(value, list | tuple) and all(isinstance(part, str | Path) for part in value):
        return tuple(Path(part) for part in value)
    raise SettingsError(f'{origin}: gazetteer must be a list of files, not {value!r}. Write: gazetteer = ["mine.tsv"]')


def _at_least(value: object, *, least: int, name: str, origin: str) -> int:
    number = int(str(value))
    if number < least:
        raise SettingsError(f"{origin}: {name} must be {least} or more, not {value!r}.")
    return number


def _seconds(value: object, *, name: str, origin: str) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < _MOST_SECONDS:
        raise SettingsError(f"{origin}: {name} must be a number of seconds, more than 0 and less than a day, not {value!r}.")
    return seconds


def _one_of(value: object, choices: tuple[str, ...], *, name: str, origin: str) -> str:
    if value not in choices:
        raise SettingsError(f"{origin}: {name} must be {' or '.join(choices)}, not {value!r}.")
    return str(value)


def _share(value: object, *, name: str, origin: str) -> float:
    try:
        share = float(str(value))
    except ValueError as error:
        raise SettingsError(f"{origin}: {name} must be a number from 0 to 1, not {value!r}.") from error
    if not 0 <= share <= 1:
        raise SettingsError(f"{origin}: {name} must be a number from 0 to 1, not {value!r}.")
    return share
