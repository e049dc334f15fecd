"""The settings: one frozen record, from flags, then ``DEMARCHE_*`` variables, then ``demarche.toml``, then the defaults."""

from __future__ import annotations

import dataclasses
import math
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import SettingsError
from kg.graph.vocabulary import DEFAULT_BASE
from kg.outreach.hosts import read_hosts

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
    many bytes it may allocate; ``max_rows`` how many rows or triples an answer has at most (0: any number);
    ``kept_answers`` how many bytes of answers are kept until the next change. ``default_graph`` is "union"
    (of all named graphs) or "plain" (a graph of its own).

    Who may do what over HTTP: ``tokens`` and ``tokens_file`` give tokens (see ``api.security.tokens``), ``private`` says that reading
    needs one, too; without any, nothing is written. ``max_body`` and ``max_query`` are the largest body, unpacked, and the largest query
    or update, in bytes; ``rate`` how many requests a second each client may make on average (0: any number); ``cors`` the origins
    whose pages may ask; ``grace`` how many seconds requests have to come to their end when the server is stopped; ``backups`` is
    where backups lie that are made and brought back over HTTP; ``public_url`` the
    address that clients know the service by, where it differs from the one they ask. ``allowed_hosts`` are the hosts that SERVICE
    and LOAD may ask (see ``kg.outreach.hosts``); without any, both are refused.
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
    max_rows: int = 0
    kept_answers: int = 2**26
    default_graph: str = "union"
    grace: float = 10.0
    backups: Path | None = None
    public_url: str | None = None
    tokens: str = field(default="", repr=False)
    tokens_file: Path | None = None
    private: bool = False
    max_body: int = 50_000_000
    max_query: int = 1_000_000
    rate: float = 0.0
    cors: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()

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
                case "workers" | "long_queries" | "max_rows" | "kept_answers" | "max_body" | "max_query":
                    checked[name] = _at_least(value, least=0, name=name, origin=origin)
                case "query_memory":
                    checked[name] = _at_least(value, least=_LEAST_MEMORY, name=name, origin=origin)
                case "query_timeout" | "longest_timeout" | "grace":
                    checked[name] = _seconds(value, name=name, origin=origin)
                case "default_graph":
                    checked[name] = _one_of(value, ("union", "plain"), name=name, origin=origin)
                case "private":
                    checked[name] = _one_of(str(value).lower(), ("true", "false"), name=name, origin=origin) == "true"
                case "tokens_file" | "backups":
                    checked[name] = Path(str(value))
                case "rate":
                    checked[name] = _rate(value, origin=origin)
                case "cors":
                    checked[name] = _origins(value, origin=origin)
                case "allowed_hosts":
                    checked[name] = _hosts(value, origin=origin)
                case "public_url":
                    checked[name] = _address(str(value), origin=origin)
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


def _rate(value: object, *, origin: str) -> float:
    try:
        rate = float(str(value))
    except ValueError:
        rate = math.nan
    if not (math.isfinite(rate) and rate >= 0):
        raise SettingsError(f"{origin}: rate must be a number of requests a second, or 0 for any number, not {value!r}.")
    return rate


def _origins(value: object, *, origin: str) -> tuple[str, ...]:
    """Read the origins of pages: a list in TOML, in the environment one text with commas between them."""
    origins = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
    if not isinstance(origins, list | tuple) or not all(str(one) == "*" or "://" in str(one) for one in origins):
        raise SettingsError(f'{origin}: cors must be a list of origins, not {value!r}. Write: cors = ["https://example.org"]')
    return tuple(str(one).rstrip("/") for one in origins)


def _hosts(value: object, *, origin: str) -> tuple[str, ...]:
    """Read hosts: a list in TOML, in the environment one text with commas between them."""
    hosts = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
    try:
        if not isinstance(hosts, list | tuple) or not all(isinstance(host, str) for host in hosts):
            raise ValueError(f"{value!r} is no list of hosts")
        read_hosts(hosts)
    except ValueError as error:
        advice = 'Write: allowed_hosts = ["query.wikidata.org", "192.0.2.1:8080"]'
        raise SettingsError(f"{origin}: allowed_hosts: {error}. {advice}") from None
    return tuple(hosts)


def _address(value: str, *, origin: str) -> str:
    if not re.fullmatch(r"https?://[\w.:\[\]-]+(/[\w./~%-]*)?", value):
        raise SettingsError(f"{origin}: public_url must be an address such as https://example.org/graph, not {value!r}.")
    return value.rstrip("/")


def _share(value: object, *, name: str, origin: str) -> float:
    try:
        share = float(str(value))
    except ValueError as error:
        raise SettingsError(f"{origin}: {name} must be a number from 0 to 1, not {value!r}.") from error
    if not 0 <= share <= 1:
        raise SettingsError(f"{origin}: {name} must be a number from 0 to 1, not {value!r}.")
    return share
