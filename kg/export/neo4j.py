"""Write a network as the tables that Neo4j's importer reads: two CSV files and a word on how to load them, in a ZIP archive.

The headers say the types. A text is quoted, so that its blanks stay; an empty field is a value that is not there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.export.files import clean_network

NODE_COLUMNS = (
    "id:ID",
    ":LABEL",
    "label",
    "type",
    "kind",
    "aliases:string[]",
    "date",
    "modality",
    "status",
    "stated:date",
    "mentions:int",
)
RELATIONSHIP_COLUMNS = (
    ":START_ID",
    ":END_ID",
    ":TYPE",
    "id",
    "predicate",
    "modality",
    "status",
    "speaker",
    "speaker_label",
    "confidence:float",
    "stated:date",
    "begin:date",
    "end:date",
    "evidence",
    "document",
    "evidence_start:int",
    "evidence_end:int",
)

_README = """\
Tables for Neo4j 5 and later. Unpack them on the server's machine, and load them into a database that is not there yet:

    neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv --multiline-fields=true neo4j

Nodes are labelled by kind and type (:Entity:Person, :Meeting:Talks, :Issue ...); a relationship's type is its predicate in
capitals (MET_WITH, CALLED_FOR ...). Look at modality before you take one for a fact:

    MATCH (a)-[r:MET_WITH {modality: "asserted"}]->(b) RETURN a.label, b.label, r.stated, r.evidence
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_csv(network: nx.MultiDiGraph) -> bytes:
    """Return a ZIP archive of ``nodes.csv``, ``relationships.csv`` and ``README.txt``."""
    clean = clean_network(network)
    nodes = ({**data, "id": node, ":LABEL": _labels(data)} for node, data in clean.nodes(data=True))
    relationships = (
        {**data, "id": key, ":START_ID": source, ":END_ID": target, ":TYPE": relationship_type(data["predicate"])}
        for source, target, key, data in clean.edges(keys=True, data=True)
    )
    files = {
        "nodes.csv": _table(NODE_COLUMNS, nodes),
        "relationships.csv": _table(RELATIONSHIP_COLUMNS, relationships),
        "README.txt": _README,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def relationship_type(predicate: str) -> str:
    """Return a predicate as Neo4j's users write types: ``metWith`` as ``MET_WITH``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", predicate).upper()


def _labels(node: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys((str(node["kind"]).capitalize(), str(node["type"]))))


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    names = [column if column.startswith(":") else column.partition(":")[0] for column in columns]
    lines = (",".join(_field(row.get(name)) for name in names) for row in rows)
    return "\n".join([",".join(columns), *lines, ""])


def _field(value: object) -> str:
    """Return a value as a field: a number as it is, a text in quotes, the members of a list between semicolons."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        # The importer has no way to write the separator within a member.
        value = ";".join(str(member).replace(";", ",") for member in value)
    return '"' + str(value).replace('"', '""') + '"'
