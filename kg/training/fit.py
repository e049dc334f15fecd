"""Train the network: steps over shuffled batches of all corpora, checkpoints that a later run goes on from, scores on the dev parts."""

from __future__ import annotations

import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from kg.language.transformer.pieces import WordPieces
from kg.training import treebanks
from kg.training.batches import Batch, batches, losses, make_batch
from kg.training.dev_scores import measure
from kg.training.examples import Coder, Labels, labels_of
from kg.training.network import Network
from kg.training.windows import treebank_files, windows_of

log = logging.getLogger(__name__)

SEED = 20251123
WEIGHTS = {
    "arcs": 1.0,
    "relations": 1.0,
    "upos": 0.5,
    "xpos": 0.5,
    "morph": 0.25,
    "lemma": 0.5,
    "sentence": 0.5,
    "names": 1.0,
    "coreference": 0.5,
}
"""How much the loss of each head counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how fast to learn; rates rise over ``warmup`` of the steps and fall to nothing at the last."""

    steps: int = 2600
    pieces: int = 2000
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    warmup: float = 0.06
    decay: float = 0.01
    checkpoint_every: int = 100
    measure_every: int = 600


@dataclass(slots=True)
class State:
    """Where a training stands."""

    step: int = 0
    epoch: int = 0


def fit(corpora: Path, encoder: Path, output: Path, *, plan: Plan) -> Path:
    """Train to the plan's last step, from the last checkpoint in ``output`` if there is one; return the file of the weights.

    ``encoder`` is the folder of the pre-trained encoder. Raises FileNotFoundError where a corpus is missing.
    """
    output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    pieces = WordPieces(encoder / "tokenizer.json")
    labels = labels_of([s for path in treebank_files(corpora, "train") for s in treebanks.read_sentences(path)])
    coder = Coder(pieces, labels)
    network = Network.from_pretrained(encoder, labels)
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    optimizer = _optimizer(network, plan)
    state = _resume(output, network, optimizer)
    dev = [coder.code(window) for window in windows_of(corpora, "dev", size=coder.size, chance=None)]
    log.info("from step %d; %d dev windows", state.step, len(dev))
    spent: dict[str, list[float]] = defaultdict(list)
    begun = time.monotonic()
    while state.step < plan.steps:
        for batch in _epoch(corpora, coder, pieces, plan, state):
            _set_rates(optimizer, plan, state.step)
            network.train()
            parts = losses(network, batch)
            total = torch.stack([WEIGHTS[head] * loss for head, loss in parts.items()]).sum()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            state.step += 1
            for head, loss in parts.items():
                spent[head].append(loss.item())
            if state.step % 50 == 0:
                means = " ".join(f"{head} {sum(values) / len(values):.3f}" for head, values in sorted(spent.items()))
                log.info("step %d epoch %d %.2f s/step %s", state.step, state.epoch, (time.monotonic() - begun) / 50, means)
                spent.clear()
                begun = time.monotonic()
            if state.step % plan.checkpoint_every == 0:
                _save(output, network, optimizer, state, labels)
            if state.step % plan.measure_every == 0 or state.step == plan.steps:
                log.info("step %d dev %s", state.step, measure(network, dev, pieces))
            if state.step >= plan.steps:
                break
        state.epoch += 1
    _save(output, network, optimizer, state, labels)
    return output / "checkpoint.pt"


def _epoch(corpora: Path, coder: Coder, pieces: WordPieces, plan: Plan, state: State) -> Iterator[Batch]:
    chance = random.Random(f"{SEED}-{state.epoch}")
    coded = [coder.code(window) for window in windows_of(corpora, "train", size=coder.size, chance=chance)]
    # A small corpus of the domain itself is worth a second look.
    coded += [window for window in coded if window.style == coder.styles.index("crossner")] * 3
    for windows in batches(coded, pieces=plan.pieces, chance=chance):
        yield make_batch(windows, begin=pieces.begin, end=pieces.end, chance=chance)


def _optimizer(network: Network, plan: Plan) -> torch.optim.Optimizer:
    groups: dict[tuple[str, bool], list[torch.nn.Parameter]] = defaultdict(list)
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            part = "encoder" if name.startswith("encoder.") else "head"
            groups[part, parameter.ndim > 1].append(parameter)
    rates = {"encoder": plan.encoder_rate, "head": plan.head_rate}
    return torch.optim.AdamW(
        [
            {"params": parameters, "rate": rates[part], "lr": rates[part], "weight_decay": plan.decay if decays else 0.0}
            for (part, decays), parameters in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def _set_rates(optimizer: torch.optim.Optimizer, plan: Plan, step: int) -> None:
    done = (step + 1) / plan.steps
    factor = done / plan.warmup if done < plan.warmup else max(0.0, (1 - done) / (1 - plan.warmup))
    for group in optimizer.param_groups:
        group["lr"] = group["rate"] * factor


def _save(output: Path, network: Network, optimizer: torch.optim.Optimizer, state: State, labels: Labels) -> None:
    """Write a checkpoint; a run that is stopped while it writes leaves the one before."""
    partial = output / "checkpoint.partial"
    torch.save(
        {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "state": asdict(state),
            "labels": asdict(labels),
        },
        partial,
    )
    partial.replace(output / "checkpoint.pt")


def _resume(output: Path, network: Network, optimizer: torch.optim.Optimizer) -> State:
    checkpoint = output / "checkpoint.pt"
    if not checkpoint.exists():
        return State()
    saved = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(saved["network"])
    rates = [group["rate"] for group in optimizer.param_groups]
    optimizer.load_state_dict(saved["optimizer"])
    for group, rate in zip(optimizer.param_groups, rates, strict=True):
        group["rate"] = rate
    # The epoch begins anew with another order, so that nothing is seen twice in a row.
    return State(step=saved["state"]["step"], epoch=saved["state"]["epoch"] + 1)
