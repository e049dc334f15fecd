"""The network of the pipeline: MiniLM-L6 with heads for tags, lemmas, sentences, trees, names and coreference.

Methods: deep biaffine trees (Dozat and Manning 2017), biaffine spans for names, which may stand inside one another (Yu, Bohnet and
Poesio 2020), word-level coreference (Dobrovolskii 2021; its coarse scores alone), a learnt mix of the encoder's layers for each
group of heads (Peters et al. 2018). A word is the mean of its first and last piece, beside a vector of its shape.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from kg.language.transformer.pieces import SHAPES
from kg.training.examples import Labels

ARC, RELATION, NAME, COREFERENCE, TAGS = 320, 128, 96, 128, 256
SHAPE_WIDTH = 32
STYLE_WIDTH = 16
LONGEST_NAME = 16
"""The most words of a name."""


class FastDropout(nn.Module):
    """Dropout that takes its masks from a pool: drawing them anew for each value takes longer than the layer itself."""

    pool: Tensor

    def __init__(self, rate: float, *, size: int = 1 << 22) -> None:
        super().__init__()
        self.rate = rate
        self.register_buffer("pool", (torch.rand(size) >= rate).float() / (1 - rate), persistent=False)

    def forward(self, values: Tensor) -> Tensor:
        """Return the values, in training with some of them nought."""
        if not self.training or self.rate == 0:
            return values
        count = values.numel()
        begin = int(torch.randint(0, self.pool.numel(), ()))
        mask = self.pool[begin : begin + count] if begin + count <= self.pool.numel() else self._wrapped(begin, count)
        return values * mask.view_as(values)

    def _wrapped(self, begin: int, count: int) -> Tensor:
        repeats = math.ceil((begin + count) / self.pool.numel())
        return self.pool.repeat(repeats)[begin : begin + count]


class Projection(nn.Sequential):
    """One hidden layer with dropout."""

    def __init__(self, width_in: int, width_out: int, *, dropout: float) -> None:
        super().__init__(nn.Linear(width_in, width_out), nn.GELU(), FastDropout(dropout))


class Mix(nn.Module):
    """A learnt weighting of the encoder's layers: layers × words × width in, words × width out."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-1, 1, layers))

    def forward(self, states: Tensor) -> Tensor:
        """Return the weighted mean of the layers."""
        return torch.einsum("l,lnd->nd", self.weights.softmax(0), states)


class Network(nn.Module):
    """Scores of all heads for a batch of windows."""

    def __init__(self, encoder: BertModel, labels: Labels, *, dropout: float = 0.1, head_dropout: float = 0.3) -> None:
        super().__init__()
        self.encoder = encoder
        self.labels = labels
        for layer in encoder.encoder.layer:
            layer.attention.output.dropout = FastDropout(dropout)
            layer.output.dropout = FastDropout(dropout)
        encoder.embeddings.dropout = FastDropout(dropout)
        layers, width = encoder.config.num_hidden_layers + 1, encoder.config.hidden_size
        word = width + SHAPE_WIDTH
        self.shape = nn.Embedding(len(SHAPES), SHAPE_WIDTH)
        self.mixes = nn.ModuleDict({group: Mix(layers) for group in ("tags", "trees", "names")})
        self.dropout = FastDropout(head_dropout)
        self.tags = Projection(word, TAGS, dropout=head_dropout)
        self.tag_scores = nn.ModuleDict(
            {
                "upos": nn.Linear(TAGS, len(labels.upos)),
                "xpos": nn.Linear(TAGS, len(labels.xpos)),
                "morph": nn.Linear(TAGS, len(labels.morph)),
                "lemma": nn.Linear(TAGS, len(labels.lemma)),
                "sentence": nn.Linear(TAGS, 2),
            }
        )
        self.arc_dep, self.arc_head = (Projection(word, ARC, dropout=head_dropout) for _ in range(2))
        self.relation_dep, self.relation_head = (Projection(word, RELATION, dropout=head_dropout) for _ in range(2))
        self.arc_root, self.relation_root = (nn.Parameter(torch.randn(width) * 0.02) for width in (ARC, RELATION))
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(len(labels.deps), RELATION + 1, RELATION + 1))
        self.style = nn.Embedding(len(labels.styles), STYLE_WIDTH)
        self.name_first, self.name_last = (Projection(word + STYLE_WIDTH, NAME, dropout=head_dropout) for _ in range(2))
        self.name = nn.Parameter(torch.zeros(len(labels.names), NAME + 1, NAME + 1))
        self.name_width = nn.Embedding(LONGEST_NAME, len(labels.names))
        self.coreference_dep, self.coreference_head = (Projection(word, COREFERENCE, dropout=head_dropout) for _ in range(2))
        self.coreference = nn.Parameter(torch.zeros(COREFERENCE + 1, COREFERENCE))
        self.coreference_none = nn.Linear(COREFERENCE, 1)
        nn.init.zeros_(self.name_width.weight)
        for weights in (self.arc, self.relation, self.name, self.coreference):
            nn.init.normal_(weights, std=1 / weights.shape[-1])

    @classmethod
    def from_pretrained(cls, folder: Path, labels: Labels) -> Network:
        """Make a network on the encoder in a folder of transformers' format."""
        encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        return cls(encoder, labels)

    def states(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return layers × words × width from windows × pieces; ``first`` and ``last`` index the flattened pieces."""
        hidden = self.encoder(input_ids=pieces, attention_mask=mask, output_hidden_states=True).hidden_states
        flat = torch.stack([state.reshape(-1, state.shape[-1]) for state in hidden])
        return (flat[:, first] + flat[:, last]) / 2

    def forward(
        self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, shapes: Tensor, styles: Tensor
    ) -> dict[str, Tensor]:
        """Return the scores and factors of every word, by head."""
        states = self.states(pieces, mask, first, last)
        shape = self.shape(shapes)
        words = {group: self.dropout(torch.cat([mix(states), shape], -1)) for group, mix in self.mixes.items()}
        tags = self.tags(words["tags"])
        result = {head: scores(tags) for head, scores in self.tag_scores.items()}
        tree = words["trees"]
        result["arc_dep"], result["arc_head"] = _with_one(self.arc_dep(tree)) @ self.arc, self.arc_head(tree)
        result["relation_dep"], result["relation_head"] = self.relation_dep(tree), self.relation_head(tree)
        named = torch.cat([words["names"], self.style(styles)], -1)
        result["name_first"], result["name_last"] = self.name_first(named), self.name_last(named)
        result["coreference_dep"] = self.coreference_dep(words["names"])
        result["coreference_none"] = self.coreference_none(result["coreference_dep"])
        result["coreference_dep"] = _with_one(result["coreference_dep"]) @ self.coreference
        result["coreference_head"] = self.coreference_head(words["names"])
        return result

    def arc_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """Return sentences × words × (root + words) from padded sentences × words × width."""
        root = self.arc_root.expand(head.shape[0], 1, -1)
        return dep @ torch.cat([root, head], 1).transpose(1, 2)

    def relation_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """Return words × relations for words and their heads, each words × width."""
        return torch.einsum("nd,kde,ne->nk", _with_one(dep), self.relation, _with_one(head))

    def name_scores(self, first: Tensor, last: Tensor) -> Tensor:
        """Return windows × words × widths × names for padded windows × words × width: all spans of up to ``LONGEST_NAME`` words."""
        words = first.shape[1]
        scores = torch.einsum("bid,kde->bike", _with_one(first), self.name)
        padded = nn.functional.pad(_with_one(last), (0, 0, 0, LONGEST_NAME - 1))
        windows = torch.stack([padded[:, width : width + words] for width in range(LONGEST_NAME)], 2)
        return torch.einsum("bike,biwe->biwk", scores, windows) + self.name_width.weight


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, torch.ones_like(values[..., :1])], -1)
