"""The spaCy component that reads a document with the trained network: tags, morphology, lemmas, trees, sentences and names.

In: a tokenized Doc, maybe with sentence starts that are known beforehand. Out: the same Doc annotated; ``doc.ents`` holds the outermost
names, ``doc.spans["names"]`` all of them, ``doc.tensor`` what ``word_vectors`` and ``coreference_factors`` give.
Limits: whitespace tokens are not read; each hangs from the word before it.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.language.transformer.network import FACTORS, LABELS, LEMMAS, NETWORK, TOKENIZER, Network, Readings
from kg.language.transformer.spans import NameSpan, name_spans, outermost
from kg.language.transformer.trees import best_heads

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FACTORY = "demarche_transformer"
NAMES = "names"
STATIC_WIDTH = 96
FACTOR_WIDTH = 129
TENSOR_WIDTH = STATIC_WIDTH + 2 * FACTOR_WIDTH
"""The columns of ``doc.tensor``: the word by itself, then the factors of coreference."""

FILES = (NETWORK, FACTORS, LABELS, LEMMAS, TOKENIZER)
LONGEST_SENTENCE = 200
"""The most words that are read as one sentence: what runs on for longer (a table, a list of names) is none, and would take long."""

WORDS_AT_ONCE = 512
"""How many words' relations are scored in one go: each takes a matrix of relations × width."""

STOPS = frozenset({".", "?", "!", '."', '?"', '!"'})


class TransformerReader:
    """Annotates documents by one run of the network over each."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._network: Network | None = None

    @property
    def network(self) -> Network:
        """The network, loaded at its first use."""
        if self._network is None:
            if self._folder is None:
                raise ValueError("the transformer component has no weights: load it from a folder that holds them")
            self._network = Network(self._folder)
        return self._network

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate documents one after the other: the words of one fill the encoder's batches by themselves."""
        del batch_size
        for doc in docs:
            yield self(doc)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document."""
        words = [token for token in doc if not token.is_space]
        if words:
            readings = self.network.read([token.text for token in words], _stops(words))
            self._annotate(doc, words, readings)
        else:
            # Docs are joined with their tensors, and those have one width.
            doc.tensor = np.zeros((len(doc), TENSOR_WIDTH), dtype=np.float32)
        return doc

    def _annotate(self, doc: Doc, words: Sequence[Token], readings: Readings) -> None:
        starts = _sentence_starts(words, readings.vectors["sentence"])
        bounds = [*np.flatnonzero(starts).tolist(), len(words)]
        heads, deps = self._trees(bounds, readings)
        place = np.asarray([token.i for token in words])
        labels, strings = self.network.labels, doc.vocab.strings
        columns = {
            TAG: np.full(len(doc), strings.add("_SP"), dtype=np.uint64),
            POS: np.full(len(doc), strings.add("SPACE"), dtype=np.uint64),
            MORPH: np.zeros(len(doc), dtype=np.uint64),
            DEP: np.full(len(doc), strings.add("dep"), dtype=np.uint64),
            LEMMA: np.asarray([strings.add(token.text) for token in doc], dtype=np.uint64),
        }
        columns[TAG][place] = _ids([strings.add(label) for label in labels["xpos"]], readings.tags["xpos"])
        columns[POS][place] = _ids([strings.add(label) for label in labels["upos"]], readings.tags["upos"])
        columns[MORPH][place] = _ids([doc.vocab.morphology.add(label) for label in labels["morph"]], readings.tags["morph"])
        columns[DEP][place] = _ids([strings.add(label) for label in labels["deps"]], deps)
        forms = [token.text for token in words]
        found = self.network.lemmatizer.lemmas(forms, readings.vectors["lemma"])
        columns[LEMMA][place] = [strings.add(lemma) for lemma in found]
        columns[HEAD] = _offsets(doc, words, place[heads]).view(np.uint64)
        # spaCy takes the sentences from the heads, and refuses both.
        doc.from_array([*columns], np.stack(list(columns.values()), axis=1))  # type: ignore[arg-type]  # its stub knows signed numbers alone
        self._name(doc, words, bounds, readings)
        vectors = readings.vectors
        later = np.concatenate([vectors["coreference_dep"], -vectors["coreference_none"]], axis=1)
        columns_of_tensor = [vectors["static"], later, _with_one(vectors["coreference_head"])]
        tensor = np.zeros((len(doc), sum(part.shape[1] for part in columns_of_tensor)), dtype=np.float32)
        tensor[place] = np.concatenate(columns_of_tensor, axis=1)
        doc.tensor = tensor

    def _trees(self, bounds: Sequence[int], readings: Readings) -> tuple[Ints, Ints]:
        """Return the head of each word, its own number for a root, and the index of each relation."""
        factors, vectors = self.network.factors, readings.vectors
        heads = np.zeros(len(vectors["arc_dep"]), dtype=np.int64)
        for begin, end in itertools.pairwise(bounds):
            above = np.concatenate([factors["arc_root"][None], vectors["arc_head"][begin:end]])
            local = best_heads(vectors["arc_dep"][begin:end] @ above.T)
            heads[begin:end] = np.where(local == 0, np.arange(begin, end), begin + local - 1)
        is_root = heads == np.arange(len(heads))
        above = np.where(is_root[:, None], factors["relation_root"], vectors["relation_head"][heads])
        scores = _relations(vectors["relation_dep"], above, factors["relation"])
        root = self.network.labels["deps"].index("ROOT")
        scores[:, root] = np.where(is_root, np.inf, -np.inf)
        return heads, scores.argmax(1)

    def _name(self, doc: Doc, words: Sequence[Token], bounds: Sequence[int], readings: Readings) -> None:
        factors = self.network.factors
        found = name_spans(
            _with_one(readings.vectors["name_first"]),
            _with_one(readings.vectors["name_last"]),
            factors["name"],
            factors["name_width"],
            limits=[end for begin, end in itertools.pairwise(bounds) for _ in range(begin, end)],
        )

        def span(name: NameSpan) -> Span:
            return Span(doc, words[name.begin].i, words[name.end - 1].i + 1, label=self.network.labels["names"][name.label])

        doc.set_ents([span(name) for name in outermost(found)])
        doc.spans[NAMES] = [span(name) for name in found]

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the files of the network to a folder."""
        del exclude
        if self._folder is None:
            raise ValueError("the transformer component has no weights to write")
        path.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if (self._folder / name).resolve() != (path / name).resolve():
                shutil.copyfile(self._folder / name, path / name)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> TransformerReader:
        """Use the files of a folder; raise FileNotFoundError where one is missing."""
        del exclude
        for name in FILES:
            if not (Path(path) / name).is_file():
                raise FileNotFoundError(f"{path}: no {name} there, which the transformer component needs")
        self._folder, self._network = Path(path), None
        return self


@Language.factory(
    FACTORY, assigns=["token.tag", "token.pos", "token.lemma", "token.morph", "token.dep", "token.head", "doc.ents"]
)
def make(nlp: Language, name: str) -> TransformerReader:
    """Make the component; its weights come with ``from_disk``."""
    del nlp, name
    return TransformerReader()


def word_vectors(doc: Doc) -> Floats | None:
    """Return words × ``STATIC_WIDTH``: what each word means by itself, wherever it stands.

    None where another pipeline parsed the document.
    """
    tensor = _own_tensor(doc)
    return None if tensor is None else tensor[:, :STATIC_WIDTH]


def coreference_factors(doc: Doc) -> tuple[Floats, Floats] | None:
    """Return two arrays of words × width, of later and of earlier words.

    ``later[i] @ earlier[j]`` tells how much likelier word ``j`` heads an antecedent of what ``i`` heads than that there is none. None where
    another pipeline parsed the document.
    """
    tensor = _own_tensor(doc)
    if tensor is None:
        return None
    width = (tensor.shape[1] - STATIC_WIDTH) // 2
    return tensor[:, STATIC_WIDTH : STATIC_WIDTH + width], tensor[:, STATIC_WIDTH + width :]


def _own_tensor(doc: Doc) -> Floats | None:
    tensor = np.asarray(doc.tensor, dtype=np.float32)
    return tensor if tensor.shape == (len(doc), TENSOR_WIDTH) else None


def _stops(words: Sequence[Token]) -> list[bool]:
    return [
        token.text in STOPS or (after is not None and (after.is_sent_start is True or after.i > token.i + 1))
        for token, after in zip(words, [*words[1:], None], strict=True)
    ]


def _sentence_starts(words: Sequence[Token], scores: Floats) -> Ints:
    """Return where sentences start: where that is known, else where the network says so; none has more than ``LONGEST_SENTENCE`` words."""
    starts: Ints = scores.argmax(1).astype(np.int64)
    for number, token in enumerate(words):
        if token.is_sent_start is not None:
            starts[number] = token.is_sent_start
    starts[0] = 1
    likely = scores[:, 1] - scores[:, 0]
    begin = 0
    while len(starts) - begin > LONGEST_SENTENCE:
        reach = slice(begin + 1, begin + LONGEST_SENTENCE + 1)
        following = np.flatnonzero(starts[reach])
        begin += 1 + int(following[-1] if len(following) else likely[reach].argmax())
        starts[begin] = 1
    return starts


def _ids(ids: list[int], chosen: Ints) -> npt.NDArray[np.uint64]:
    table = np.asarray(ids, dtype=np.uint64)
    return table[chosen]


def _offsets(doc: Doc, words: Sequence[Token], heads: Ints) -> Ints:
    """Return each token's head as an offset; whitespace hangs from the word before it, or from the first."""
    offsets = np.zeros(len(doc), dtype=np.int64)
    place = np.asarray([token.i for token in words])
    offsets[place] = heads - place
    before = words[0].i
    inside = set(place.tolist())
    for i in range(len(doc)):
        if i in inside:
            before = i
        else:
            offsets[i] = before - i
    return offsets


def _relations(dep: Floats, head: Floats, weights: Floats) -> Floats:
    """Return words × relations; ``weights`` are relations × width + 1 × width + 1."""
    relations, width, _ = weights.shape
    flat = weights.transpose(1, 0, 2).reshape(width, -1)
    parts = []
    for begin in range(0, len(dep), WORDS_AT_ONCE):
        part = slice(begin, begin + WORDS_AT_ONCE)
        turned = (_with_one(dep[part]) @ flat).reshape(-1, relations, width)
        parts.append(np.matmul(turned, _with_one(head[part])[:, :, None])[:, :, 0])
    return np.concatenate(parts)


def _with_one(values: Floats) -> Floats:
    return np.concatenate([values, np.ones((len(values), 1), np.float32)], axis=1)
