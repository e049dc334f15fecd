"""Write a trained network as the pipeline that the package ships: ONNX without torch, in eight bits.

The products of matrices are quantized dynamically, each column of weights by a scale of its own and in seven bits, so that processors
without VNNI do not overflow; tables stay in half precision. That costs 0.1 to 0.2 LAS on the dev treebanks and 0.3 points of F1 on
CrossNER, and is 1.5 to 1.7 times as fast.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import spacy
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from spacy.language import Language
from torch import Tensor, nn

from kg import __version__
from kg.language.transformer.component import FACTORY, STATIC_WIDTH, Floats, TransformerReader
from kg.language.transformer.lemma_rules import endings_of
from kg.language.transformer.network import FACTORS, LABELS, LEMMAS, NETWORK, OUTPUTS, TAGS, TOKENIZER
from kg.training.examples import Labels
from kg.training.network import Network
from kg.training.treebanks import read_sentences
from kg.training.windows import treebank_files

NAME_STYLES = ("crossner", "gum")
"""The entity corpora between whose guidelines the shipped pipeline stands: better on CrossNER's dev part than its own style alone."""

SMALL = 10_000
"""Tensors with fewer values stay in single precision."""

SOURCES = (
    ("MiniLM-L6 (all-MiniLM-L6-v2)", "Apache-2.0"),
    ("UD English EWT", "CC BY-SA 4.0"),
    ("GUM", "CC BY 4.0 and the licences of its texts"),
    ("Universal NER EWT", "CC BY-SA 4.0"),
    ("CrossNER politics", "MIT"),
    ("Re-DocRED", "MIT"),
    ("re3d", "public domain, CC BY, CC BY-SA"),
    ("MEANTIME", "CC BY 4.0"),
)


class _Exported(nn.Module):
    """The network with one style of names, midway between those of some corpora, and tags as indices."""

    def __init__(self, network: Network, styles: Sequence[str]) -> None:
        super().__init__()
        self.network = network
        meant = network.style.weight.data[[network.labels.styles.index(style) for style in styles]].mean(0)
        network.style.weight.data[:] = meant
        table = network.encoder.embeddings.word_embeddings.weight.detach()
        mean, directions = principal_components(table.numpy(), STATIC_WIDTH)
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("directions", torch.from_numpy(directions))

    def forward(self, pieces: Tensor, mask: Tensor, first: Tensor, last: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        scores = self.network(pieces, mask, first, last, shapes, torch.zeros_like(shapes))
        embedded = self.network.encoder.embeddings.word_embeddings(pieces).flatten(0, 1)
        scores["static"] = ((embedded[first] + embedded[last]) / 2 - self.mean) @ self.directions
        return tuple(scores[name].argmax(-1) if name in TAGS else scores[name] for name in OUTPUTS)


def principal_components(table: Floats, dimensions: int) -> tuple[Floats, Floats]:
    """Return the mean of a table's rows, and the directions (columns) that take what is left to values of about unit variance."""
    mean = table.mean(axis=0)
    centred = table - mean
    _, directions = np.linalg.eigh(centred.T @ centred)
    directions = directions[:, ::-1][:, :dimensions]
    scale = (centred @ directions).std()
    return mean, np.ascontiguousarray(directions / scale, dtype=np.float32)


def load_network(checkpoint: Path, encoder: Path) -> Network:
    """Return the network of a checkpoint."""
    saved = torch.load(checkpoint, weights_only=True)
    labels = Labels(**{layer: tuple(values) for layer, values in saved["labels"].items()})
    network = Network.from_pretrained(encoder, labels)
    network.load_state_dict(saved["network"])
    network.eval()
    return network


def export(checkpoint: Path, encoder: Path, output: Path, *, corpora: Path, styles: Sequence[str] = NAME_STYLES) -> Language:
    """Write the pipeline of a checkpoint to ``output`` and return it; names follow the guidelines of the entity corpora ``styles``."""
    network = load_network(checkpoint, encoder)
    sentences = [sentence for path in treebank_files(corpora, "train") for sentence in read_sentences(path)]
    pairs = [pair for sentence in sentences for pair in zip(sentence.words, sentence.lemmas, strict=True)]
    tables = {"endings": endings_of(pairs, network.labels.lemma), "lemmas": sorted({lemma for _, lemma in pairs})}
    # The fused attention of torch exports as more and slower operations than the plain one.
    network.encoder.set_attn_implementation("eager")
    folder = output / FACTORY
    shutil.rmtree(output, ignore_errors=True)
    folder.mkdir(parents=True)
    _export_onnx(_Exported(network, styles), folder / NETWORK)
    factors = {
        name: getattr(network, name).detach().numpy().astype(np.float16)
        for name in ("arc_root", "relation_root", "relation", "name")
    }
    np.savez(folder / FACTORS, **factors, name_width=network.name_width.weight.detach().numpy().astype(np.float16))
    labels = {layer: list(getattr(network.labels, layer)) for layer in ("upos", "xpos", "morph", "lemma", "deps", "names")}
    (folder / LABELS).write_text(json.dumps(labels, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / LEMMAS).write_text(json.dumps(tables, ensure_ascii=False) + "\n", encoding="utf-8")
    shutil.copyfile(encoder / "tokenizer.json", folder / TOKENIZER)
    return _pipeline(folder, output)


def _pipeline(folder: Path, output: Path) -> Language:
    nlp = spacy.blank("en")
    component = nlp.add_pipe(FACTORY)
    assert isinstance(component, TransformerReader)
    component.from_disk(folder)
    nlp.meta.update(
        {
            "name": "demarche",
            "version": __version__,
            "description": "Tags, morphology, lemmas, Universal Dependencies, names and coreference factors of English",
            "license": "CC BY-SA 4.0",
            "sources": [{"name": name, "license": licence} for name, licence in SOURCES],
        }
    )
    nlp.to_disk(output)
    return nlp


def _export_onnx(network: nn.Module, path: Path) -> None:
    pieces = torch.tensor([[101, 2003, 2023, 102], [101, 2748, 102, 0]])
    mask = (pieces != 0).long()
    word = torch.tensor([1, 2, 5])
    inputs = {"pieces": pieces, "mask": mask, "first": word, "last": word, "shapes": torch.tensor([2, 1, 1])}
    axes = {"pieces": {0: "windows", 1: "pieces"}, "mask": {0: "windows", 1: "pieces"}}
    axes |= {name: {0: "words"} for name in ("first", "last", "shapes", *OUTPUTS)}
    torch.onnx.export(
        network,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        path, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul", "Gemm"]
    )
    model = onnx.load(path)
    _halve(model)
    onnx.save(model, path)


def _halve(model: onnx.ModelProto) -> None:
    """Keep the tables that rows are looked up in, those of word pieces and positions, in half precision; a row is cast when it is taken."""
    graph = model.graph
    tables = {
        table.name: table for table in graph.initializer if table.data_type == TensorProto.FLOAT and np.prod(table.dims) > SMALL
    }
    nodes = []
    for node in graph.node:
        nodes.append(node)
        if node.op_type == "Gather" and node.input[0] in tables:
            taken = node.output[0]
            node.output[0] = f"{taken}.half"
            nodes.append(helper.make_node("Cast", [f"{taken}.half"], [taken], f"{node.name}.cast", to=TensorProto.FLOAT))
    used_otherwise = {name for node in graph.node if node.op_type != "Gather" for name in node.input}
    for name, table in tables.items():
        if name in used_otherwise:
            raise ValueError(f"{name}: a large table that is not only looked up in; quantize it or raise SMALL")
        table.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(table).astype(np.float16), name))
    del graph.node[:]
    graph.node.extend(nodes)
