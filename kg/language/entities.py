"""From clusters of mentions to the entities of an extraction: their ids, names, aliases and mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from kg.language.clusters import Cluster
from kg.language.linking import Link
from kg.language.mentions import TextMention
from kg.language.names import plain_name
from kg.records import Document, Entity, EntityType, Mention, MentionKind
from kg.slugs import slug

KINDS = {"Document": "proposal"}
"""The part of an id that says what it is of, where that is not the type: a document's own id begins with "document"."""

LINKED, NAMED, DESCRIBED = 0.95, 0.8, 0.6
"""Confidence in an entity that is in the gazetteer, has a name, or is known by a description alone."""

NO_LINKS: Mapping[int, Link] = {}


def build_entities(
    doc: Doc, clusters: Sequence[Cluster], *, document: Document, links: Mapping[int, Link] = NO_LINKS
) -> tuple[tuple[Entity, ...], dict[int, str]]:
    """Return the entities in the order of their first mention, and the id of each cluster by its index.

    A person with a link has the name and the id of the table, and the link's confidence.

    A named thing has the same id in every document; one without a name has an id that holds the document's, since "the delegation"
    of one text is not that of another.
    """
    order = sorted((i for i, c in enumerate(clusters) if c.mentions), key=lambda i: min(m.start for m in clusters[i].mentions))
    ids: dict[int, str] = {}
    given: dict[str, int] = {}
    entities: list[Entity] = []
    for index in order:
        cluster = clusters[index]
        link = links.get(index)
        ids[index] = unused(_identifier(cluster, document.id, link), given)
        entities.append(_entity(doc, cluster, ids[index], document, link))
    return tuple(entities), ids


def _identifier(cluster: Cluster, document_id: str, link: Link | None) -> str:
    if link is not None:
        return f"id:{link.person.key}"
    if cluster.entry is not None:
        return f"id:{cluster.entry.key}"
    return entity_id(cluster.type, _name(cluster), document_id=document_id, named=cluster.named)


def entity_id(type_: EntityType, name: str, *, document_id: str, named: bool) -> str:
    """Return the id of a thing that no table knows; without a name of its own it holds the document's id."""
    kind = KINDS.get(type_, type_.lower())
    return f"id:{kind}/{slug(name)}" if named else f"id:{kind}/{slug(document_id)}/{slug(name)}"


def unused(identifier: str, given: dict[str, int]) -> str:
    """Return an id that was not given yet, with a number behind it if need be; ``given`` holds how often each was asked for."""
    candidate = identifier
    while candidate in given:
        given[identifier] += 1
        candidate = f"{identifier}-{given[identifier]}"
    given[candidate] = 1
    return candidate


def _name(cluster: Cluster) -> str:
    if cluster.entry is not None:
        return cluster.entry.name
    cased = [name for name in cluster.names if not name.isupper()]
    best = max(cased or cluster.names, key=len, default=cluster.type.lower())
    return best.title() if best.isupper() and len(best) > 2 and cluster.type == "Person" else best


def _entity(doc: Doc, cluster: Cluster, identifier: str, document: Document, link: Link | None) -> Entity:
    mentions = sorted({_mention(doc, m, document) for m in cluster.mentions})
    aliases = dict.fromkeys(plain_name(name) for name in cluster.names)
    known = cluster.entry if link is None else link.person
    sure = LINKED if cluster.entry is not None else NAMED if cluster.named else DESCRIBED
    return Entity(
        id=identifier,
        type=cluster.type,
        name=_name(cluster) if link is None else link.person.name,
        named=cluster.named or link is not None,
        aliases=tuple(aliases),
        roles=tuple(cluster.roles),
        same_as=() if known is None else known.same_as,
        confidence=sure if link is None else link.confidence,
        mentions=tuple(mentions),
    )


def _mention(doc: Doc, mention: TextMention, document: Document) -> Mention:
    span = doc[mention.start : mention.end]
    # "Russian" speaks of Russia, but it is not its name; nor is "Russia" in "Bank of Russia", where it is a part of another name.
    kind: MentionKind = "nominal" if mention.form in {"adjective", "demonym"} or mention.inner else mention.kind
    return Mention(start=span.start_char, end=span.end_char, text=document.text[span.start_char : span.end_char], kind=kind)
