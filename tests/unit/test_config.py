"""Settings of the linking: the user's own gazetteers and the threshold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.config import Settings, load_settings
from kg.errors import SettingsError
from kg.language.linking import THRESHOLD


def test_settings_take_gazetteers_from_flags_environment_and_file(tmp_path: Path) -> None:
    file = tmp_path / "demarche.toml"
    file.write_text('gazetteer = ["a.tsv", "b.tsv"]\nlink_threshold = 0.9\n', encoding="utf-8")
    environment = {"DEMARCHE_GAZETTEER": os.pathsep.join(["c.tsv", "d.tsv"]), "DEMARCHE_LINK_THRESHOLD": "0.75"}
    of_file = load_settings(environment={}, file=file)
    of_environment = load_settings(environment=environment, file=file)
    of_flags = load_settings({"gazetteer": [Path("e.tsv")], "link_threshold": 0.5}, environment=environment, file=file)
    assert (of_file.gazetteer, of_file.link_threshold) == ((Path("a.tsv"), Path("b.tsv")), 0.9)
    assert (of_environment.gazetteer, of_environment.link_threshold) == ((Path("c.tsv"), Path("d.tsv")), 0.75)
    assert (of_flags.gazetteer, of_flags.link_threshold) == ((Path("e.tsv"),), 0.5)


def test_settings_have_the_threshold_of_the_linking_by_default() -> None:
    assert Settings().link_threshold == THRESHOLD


@pytest.mark.parametrize("value", ["much", "1.5", "-0.1", "nan"])
def test_settings_refuse_a_threshold_that_is_no_share(value: str) -> None:
    with pytest.raises(SettingsError, match="environment: link_threshold must be a number from 0 to 1"):
        load_settings(environment={"DEMARCHE_LINK_THRESHOLD": value})


def test_settings_refuse_a_gazetteer_that_is_no_list_of_files(tmp_path: Path) -> None:
    file = tmp_path / "demarche.toml"
    file.write_text("gazetteer = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="gazetteer must be a list of files, not 3"):
        load_settings(environment={}, file=file)


def test_settings_take_a_folder_or_an_address_for_the_store() -> None:
    assert load_settings({"store": "graph"}, environment={}).store == Path("graph")
    assert load_settings({"store": "graph"}, environment={}).store_folder == Path("graph")
    remote = load_settings(environment={"DEMARCHE_STORE": "http://127.0.0.1:7878/x"})
    assert remote.store == "http://127.0.0.1:7878/x"
    with pytest.raises(SettingsError, match="is a server, and this needs a store in a folder"):
        _ = remote.store_folder


@pytest.mark.parametrize("address", ["http://", "http://h:port/", "http://[::1/", "http://h/#x", "http://ada:secret@h/"])
def test_settings_refuse_an_address_that_is_none_or_has_a_password(address: str) -> None:
    with pytest.raises(SettingsError, match="environment: store") as raised:
        load_settings(environment={"DEMARCHE_STORE": address})
    assert "secret" not in str(raised.value)


def test_settings_take_what_a_query_may_cost() -> None:
    environment = {"DEMARCHE_WORKERS": "3", "DEMARCHE_QUERY_TIMEOUT": "2.5", "DEMARCHE_DEFAULT_GRAPH": "plain"}
    settings = load_settings({"query_memory": 2**28}, environment=environment)
    assert (settings.workers, settings.query_timeout, settings.default_graph, settings.query_memory) == (3, 2.5, "plain", 2**28)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("workers", -1, "must be 0 or more"),
        ("query_memory", 1000, "must be 67108864 or more"),
        ("query_timeout", 0, "a number of seconds, more than 0"),
        ("longest_timeout", "long", "a number of seconds, more than 0"),
        ("query_timeout", "inf", "a number of seconds, more than 0"),
        ("default_graph", "both", "must be union or plain"),
    ],
)
def test_settings_refuse_what_no_query_may_cost(name: str, value: object, reason: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must be .*|{reason}") as caught:
        load_settings({name: value}, environment={})
    assert reason in str(caught.value)


def test_settings_take_hosts_that_may_be_asked(tmp_path: Path) -> None:
    file = tmp_path / "demarche.toml"
    file.write_text('allowed_hosts = ["query.wikidata.org", "[::1]:7878"]\n', encoding="utf-8")
    assert load_settings(environment={}, file=file).allowed_hosts == ("query.wikidata.org", "[::1]:7878")
    environment = {"DEMARCHE_ALLOWED_HOSTS": "a.example, b.example:8080"}
    assert load_settings(environment=environment, file=file).allowed_hosts == ("a.example", "b.example:8080")
    assert Settings().allowed_hosts == ()


@pytest.mark.parametrize("value", ["https://a.example", "*", "2130706433", "a.example:0", 3])
def test_settings_refuse_hosts_that_are_none(value: object) -> None:
    with pytest.raises(SettingsError, match="command line: allowed_hosts: "):
        load_settings({"allowed_hosts": value}, environment={})
