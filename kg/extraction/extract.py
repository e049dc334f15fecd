"""From a document to its Extraction: the one entry to language and reading for the command line and the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from kg.extraction.agents import is_certain, names_agents
from kg.extraction.arguments import Arguments
from kg.extraction.confidence import Calibration, load_calibration
from kg.extraction.events.games import without_games
from kg.extraction.events.reading import read_events
from kg.extraction.events.words import load_event_words
from kg.extraction.frames import read_frames
from kg.extraction.issues.reading import read_issues
from kg.extraction.lexicon import FrameLexicon, load_frames
from kg.extraction.meetings.reading import read_meetings
from kg.extraction.negotiations.proposals import read_proposals
from kg.extraction.negotiations.reading import read_negotiations
from kg.extraction.relations.reading import read_relations
from kg.extraction.statements import read_statements
from kg.extraction.weighing import weighed
from kg.language.analysis import analyse
from kg.language.gazetteer import Gazetteer, load_gazetteer
from kg.language.linking import THRESHOLD
from kg.language.load import load_pipeline, model_name
from kg.records import Document, Extraction


@dataclass(frozen=True, slots=True)
class Extractor:
    """Everything that is loaded once and used for every document."""

    nlp: Language
    gazetteer: Gazetteer
    lexicon: FrameLexicon
    link_threshold: float = THRESHOLD
    calibration: Calibration = field(default_factory=load_calibration)

    def extract(self, document: Document) -> Extraction:
        """Return all that a document says; the same document always gives the same extraction."""
        analysis = analyse(document, self.nlp, gazetteer=self.gazetteer, link_threshold=self.link_threshold)
        statements = read_statements(analysis)
        arguments = Arguments(analysis, statements=statements)
        frames = without_games(read_frames(analysis.doc, self.lexicon), analysis.doc, load_event_words())
        acting = names_agents(arguments)
        meetings = read_meetings(frames, arguments, self.lexicon)
        if not acting:
            meetings = tuple(found for found in meetings if is_certain(found, analysis.doc))
        proposals, entities = read_proposals(frames, arguments, words=self.lexicon.proposals)
        negotiations = read_negotiations(
            frames, arguments, words=self.lexicon.negotiations, meetings=meetings, proposals=proposals
        )
        # A relation runs to a text on the table itself, not to its words.
        with_texts = Arguments(
            analysis, statements=statements, texts=[entity for entity in entities if entity.type == "Document"]
        )
        found = Extraction(
            document=document,
            entities=entities,
            statements=statements,
            meetings=tuple(found.meeting for found in meetings),
            issues=read_issues(frames, arguments) if acting else (),
            negotiations=negotiations,
            proposals=proposals,
            times=analysis.times,
            events=read_events(frames, arguments, modality=self.lexicon.modality),
            relations=read_relations(frames, with_texts, meetings=meetings, negotiations=negotiations, lexicon=self.lexicon),
            model=model_name(self.nlp),
        )
        return self.calibration.apply(weighed(found))


def load_extractor(*, model: str | None = None, gazetteers: Sequence[Path] = (), link_threshold: float = THRESHOLD) -> Extractor:
    """Load the pipeline, the gazetteer and the frames. Raises ModelError or LexiconError."""
    return Extractor(load_pipeline(model), load_gazetteer(gazetteers), load_frames(), link_threshold)
