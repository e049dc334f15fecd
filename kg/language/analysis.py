"""From a document to its analysis: the parsed text with entities, who each mention is, quotations with speakers, and times.

In: a Document and a loaded pipeline. Out: an Analysis, which is all that the extraction reads. Pure, but for the pipeline's caches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.language.appositions import part_titled_names
from kg.language.attribution import Attribution, find_attributions
from kg.language.clusters import Clusters
from kg.language.coreference import resolve, speakers_by_token
from kg.language.descriptions import ISSUERS_KEY
from kg.language.entities import build_entities
from kg.language.gazetteer import Gazetteer
from kg.language.lexicon import Lexicon, load_lexicon
from kg.language.linking import THRESHOLD, link_people
from kg.language.load import parse
from kg.language.mentions import TextMention, find_mentions
from kg.language.monologue import speech_quotations
from kg.language.names import plain_name
from kg.language.quotations import Quotation, find_quotations
from kg.language.reported import Report, find_reports
from kg.language.syntax import conjuncts
from kg.language.times import find_times
from kg.language.turns import Turn, find_turns, first_person_clauses, turn_quotations
from kg.records import Document, Entity, TimeExpression

OURS = frozenset({"we", "our", "us", "ourselves"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A parsed document and what its words stand for.

    ``entity_of`` maps the head token of a mention to an entity id, ``members`` an entity that is several ("both sides") to the ids of
    those; ``speaker_of`` gives each quotation's speaker (an entity id or None) in the order of ``quotations``. ``attributions`` hold the
    quotations that have a speaker, and the reported speech and thoughts. ``principals`` are the states whose joint text it is.
    """

    document: Document
    doc: Doc
    mentions: tuple[TextMention, ...]
    entities: tuple[Entity, ...]
    entity_of: dict[int, str]
    members: dict[str, tuple[str, ...]]
    quotations: tuple[Quotation, ...]
    speaker_of: tuple[str | None, ...]
    attributions: tuple[Attribution, ...]
    times: tuple[TimeExpression, ...]
    principals: tuple[str, ...] = ()


def analyse(document: Document, nlp: Language, *, gazetteer: Gazetteer, link_threshold: float = THRESHOLD) -> Analysis:
    """Parse a document and resolve its mentions and quotations; persons are linked where the confidence reaches the threshold."""
    lexicon = load_lexicon()
    doc = parse(document, nlp)
    turns = find_turns(doc.text, lexicon)
    mentions = _with_labels(doc, find_mentions(doc, gazetteer=gazetteer, lexicon=lexicon), turns, lexicon)
    part_titled_names(doc, mentions)
    reports = find_reports(doc, lexicon)
    quotations = _quotations(doc, mentions, turns, lexicon, reports=reports)
    speakers = speakers_by_token(doc, [(q.start, q.end, q.speaker) for q in quotations if q.kind != "clause"])
    mentions = _with_issuers(doc, mentions, quotations)
    clusters = resolve(doc, mentions, speakers, gazetteer=gazetteer, lexicon=lexicon, date=document.date)
    group = _name_issuers(doc, clusters, quotations)
    links = link_people(clusters, gazetteer=gazetteer, date=document.date, speakers=speakers, threshold=link_threshold)
    entities, ids = build_entities(doc, clusters.items, document=document, links=links)
    entity_of = {head: ids[index] for head, index in clusters.of_head.items() if index in ids}
    issuers = ids.get(group) if group is not None else None
    members = {
        ids[index]: tuple(ids[member] for member in cluster.members)
        for index, cluster in enumerate(clusters.items)
        if cluster.members and index in ids and all(member in ids for member in cluster.members)
    }
    return Analysis(
        document=document,
        doc=doc,
        mentions=mentions,
        entities=entities,
        entity_of=entity_of,
        members=members,
        quotations=quotations,
        speaker_of=tuple(_speaker(quotation, doc, entity_of, issuers) for quotation in quotations),
        attributions=find_attributions(doc, quotations, reports),
        times=tuple(_in_own_words(time, document) for time in find_times(doc, date=document.date)),
        principals=tuple(ids[index] for index in clusters.principals if index in ids),
    )


def _in_own_words(time: TimeExpression, document: Document) -> TimeExpression:
    """Return a time with the document's own characters: the parsed text has spaces where it only wraps."""
    return replace(time, text=document.text[time.start : time.end])


def _entity_at(token: Token, entity_of: dict[int, str]) -> str | None:
    """Return the entity that a token stands for, also where another word of its phrase names it: "his mother, Anna Lund"."""
    beside = [child.i for child in token.children if child.dep_ in {"appos", "flat", "nmod:desc", "compound"}]
    return next((entity_of[i] for i in (token.i, *beside) if i in entity_of), None)


def _quotations(
    doc: Doc, mentions: Sequence[TextMention], turns: Sequence[Turn], lexicon: Lexicon, *, reports: Sequence[Report]
) -> tuple[Quotation, ...]:
    """Return what is said in the manner of the text: by turns, in quotation marks, or by the issuers of a joint statement."""
    told = list(turn_quotations(doc, turns)) or list(speech_quotations(doc, mentions, lexicon))
    spoken = sorted(told, key=lambda turn: turn.start)
    starts = [turn.start for turn in spoken]
    quoted = [
        quotation
        for quotation in find_quotations(doc, mentions, lexicon, reports=reports)
        if (number := bisect_right(starts, quotation.start)) == 0 or spoken[number - 1].end < quotation.end
    ]
    clauses = () if spoken or quoted else first_person_clauses(doc, mentions, lexicon)
    return tuple(sorted([*spoken, *quoted, *clauses], key=lambda quotation: quotation.start))


def _with_labels(doc: Doc, mentions: Sequence[TextMention], turns: Sequence[Turn], lexicon: Lexicon) -> tuple[TextMention, ...]:
    """Replace what stands in the labels of turns by one mention each: a person behind a title, an office, or the questioner."""
    labels = [doc.char_span(turn.label_start, turn.label_end, alignment_mode="expand") for turn in turns]
    spans = [span for span in labels if span is not None]
    covered = {token.i for span in spans for token in span}
    states = {mention.start: mention.end for mention in mentions if mention.type in {"Country", "Place"}}
    found = [_label(span, states, lexicon) for span in spans]
    titles = {i for label in found if label.role is not None for i in range(*label.role)}
    kept = [
        _outside(mention, covered)
        for mention in mentions
        if not covered & set(range(mention.start, mention.end))
        or (mention.type in {"Country", "Organization"} and titles >= set(range(mention.start, mention.end)))
    ]
    return tuple(sorted([*kept, *found], key=lambda m: (m.start, -m.end)))


def _outside(mention: TextMention, covered: set[int]) -> TextMention:
    """Return a mention without the part of its office that is the label of a turn ("Q President Lund")."""
    if mention.role is None or not covered & set(range(*mention.role)):
        return mention
    start = max(covered & set(range(*mention.role))) + 1
    return replace(mention, role=(start, mention.role[1]) if start < mention.role[1] else None)


def _label(span: Span, states: dict[int, int], lexicon: Lexicon) -> TextMention:
    """Return what a label names: the questioner, an office ("THE PRESIDENT"), or a person behind an office."""
    if " ".join(token.lower_.strip(".") for token in span) in lexicon.questioners:
        return TextMention(start=span.start, end=span.end, head=span.end - 1, type="Group", kind="nominal")
    name = span.start
    for token in span:
        if token.lower_.strip(".") in lexicon.role_heads | lexicon.role_modifiers | lexicon.honorifics:
            name = token.i + 1
    while name < span.end and span.doc[name].is_punct:
        name += 1
    if name < span.end and span.doc[name].lower_ == "of":
        ends = (states.get(start, span.end) for start in range(name + 1, span.end))
        name = min((end for end in ends if end <= span.end), default=span.end)
    if name == span.end:
        return TextMention(start=span.start, end=span.end, head=span.end - 1, type="Person", kind="nominal", form="label")
    title = [token for token in span.doc[span.start : name] if token.is_alpha and token.lower_ not in lexicon.honorifics]
    role = (span.start, name) if title else None
    return TextMention(start=name, end=span.end, head=span.end - 1, type="Person", kind="name", role=role)


def _with_issuers(doc: Doc, mentions: Sequence[TextMention], quotations: Sequence[Quotation]) -> tuple[TextMention, ...]:
    """In a joint statement, let "we" speak of the group that issues it."""
    if not any(quotation.kind == "clause" for quotation in quotations):
        return tuple(mentions)
    return tuple(
        replace(mention, type="Group", kind="nominal", form="issuer", plural=True)
        if mention.kind == "pronoun" and doc[mention.head].lower_ in OURS
        else mention
        for mention in mentions
    )


def _name_issuers(doc: Doc, clusters: Clusters, quotations: Sequence[Quotation]) -> int | None:
    """Name the issuers of a joint statement by the list of states that speaks in it, if one does; return their cluster."""
    index = clusters.by_key.get(ISSUERS_KEY)
    if index is None:
        return None
    for quotation in quotations:
        speaker = doc[quotation.speaker] if quotation.kind == "clause" and quotation.speaker is not None else None
        if speaker is not None and speaker.lower_ not in OURS:
            last = max(token.i for token in conjuncts(speaker))
            end = max(token.right_edge.i for token in conjuncts(speaker) if token.i == last)
            clusters[index].names[plain_name(doc[speaker.left_edge.i : end + 1].text)] = None
            break
    return index


def _speaker(quotation: Quotation, doc: Doc, entity_of: dict[int, str], issuers: str | None) -> str | None:
    """Return the entity that says a quotation; a clause of a joint statement is said by its issuers together."""
    if quotation.kind == "clause":
        return issuers
    return None if quotation.speaker is None else _entity_at(doc[quotation.speaker], entity_of)
