"""The IRIs of resources: how ids, places in a text and words become names, and how ids come back from them.

Ids are percent-encoded as UTF-8 where an IRI would not allow them, so every name is plain ASCII and decodes to the same id.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from pyoxigraph import NamedNode
from rdflib import URIRef

from kg.errors import ValidationError
from kg.graph.vocabulary import DEFAULT_BASE
from kg.slugs import slug

_CURIE_PREFIX = "id:"
_KEPT_KINDS = ("graph/", "role/")
_ARTICLES = frozenset({"a", "an", "the"})


def document_iri(document_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the name of a document. A slash in the id is encoded, so that no document is named like a part of another."""
    return URIRef(f"{base}document/{_encode(document_id, safe='')}")


def document_graph(document_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the name of the graph that holds all that was found in a document."""
    return URIRef(f"{base}graph/document/{_encode(document_id, safe='')}")


def document_id(iri: URIRef, *, base: str = DEFAULT_BASE) -> str:
    """Return the id of the document that ``document_iri`` or ``document_graph`` named so."""
    for prefix in (f"{base}graph/document/", f"{base}document/"):
        if iri.startswith(prefix):
            return unquote(iri.removeprefix(prefix))
    raise ValidationError(f"{iri}: not the name of a document or its graph under {base}. Give the base that it was written with.")


def entity_iri(entity_id: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the name of an entity: a CURIE ``id:…`` stands under the base, an absolute IRI stays as it is.

    Raises ValidationError for an id of another form, or one whose name the graph keeps for roles, graphs or parts of documents.
    """
    if entity_id.startswith(_CURIE_PREFIX):
        local = entity_id.removeprefix(_CURIE_PREFIX)
        if not local or local.startswith(_KEPT_KINDS) or (local.startswith("document/") and local.count("/") > 1):
            raise ValidationError(
                f"entity id {entity_id!r}: empty, or a name that the graph keeps for roles, graphs or parts of documents. "
                "Write id:KIND/NAME with a kind such as person, organization, country, city or proposal."
            )
        return URIRef(base + _encode(local, safe="/"))
    if _is_absolute_iri(entity_id) and not entity_id.startswith(base):
        return URIRef(entity_id)
    raise ValidationError(
        f"entity id {entity_id!r}: neither a CURIE id:KIND/NAME nor an absolute IRI outside {base}. Write one of these."
    )


def entity_id(iri: URIRef, *, base: str = DEFAULT_BASE) -> str:
    """Return the id that ``entity_iri`` named so."""
    return _CURIE_PREFIX + unquote(iri.removeprefix(base)) if iri.startswith(base) else str(iri)


def external_iri(iri: str, *, of: str) -> URIRef:
    """Return an IRI of another data set that entity ``of`` links to. Raises ValidationError for one that is no absolute IRI."""
    if not _is_absolute_iri(iri):
        raise ValidationError(
            f"{of}: same_as {iri!r} is no absolute IRI. Write it whole (https://…), with odd characters percent-encoded."
        )
    return URIRef(iri)


def span_iri(document: URIRef, start: int, end: int) -> URIRef:
    """Return the name of the characters from ``start`` to ``end`` of a document, as RFC 5147 writes places in plain text."""
    mark = "/" if "#" in document else "#"
    return URIRef(f"{document}{mark}char={start},{end}")


def part_iri(document: URIRef, kind: str, number: int) -> URIRef:
    """Return the name of the ``number``-th record of a kind in a document, counted from 1."""
    return URIRef(f"{document}/{kind}/{number}")


def part_number(iri: URIRef) -> int:
    """Return the number in a name that ``part_iri`` made. Raises ValidationError where there is none."""
    number = iri.rpartition("/")[2]
    if not number.isascii() or not number.isdigit():
        raise ValidationError(f"{iri}: does not end in a number. Records are named DOCUMENT/KIND/NUMBER, counted from 1.")
    return int(number)


def topic_iri(document: URIRef, words: str) -> URIRef:
    """Return the name of what a document speaks of in words that name no entity."""
    return URIRef(f"{document}/topic/{_title(words)}")


def role_iri(words: str, *, base: str = DEFAULT_BASE) -> URIRef:
    """Return the name of an office, the same in every document that writes its title alike but for case and article."""
    return URIRef(f"{base}role/{_title(words)}")


def _is_absolute_iri(text: str) -> bool:
    if not text.startswith(("http://", "https://", "urn:")):
        return False
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _encode(text: str, *, safe: str) -> str:
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError as error:
        raise ValidationError(
            f"id {text!r}: holds half of a surrogate pair, which no IRI can. Mend the id's encoding."
        ) from error


def _title(words: str) -> str:
    """Return the slug of words without their first article."""
    first, _, rest = words.strip().partition(" ")
    return slug(rest if rest.strip() and first.lower() in _ARTICLES else words)
