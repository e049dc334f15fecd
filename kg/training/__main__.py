"""Make and measure the shipped pipeline: ``python -m kg.training train|coreference|evaluate --corpora DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kg.language.chains.ranker import SHIPPED_WEIGHTS, load_ranker
from kg.language.load import SHIPPED_MODEL, load_pipeline


def main() -> int:
    """Run one of the commands; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="prepare the corpora, train both parts, and put them together")
    train.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    train.add_argument("--output", type=Path, default=Path("build/training"), help="where checkpoints go")
    train.add_argument("--model", type=Path, default=SHIPPED_MODEL, help="where the finished pipeline goes")
    evaluate = commands.add_parser(
        "evaluate", help="print the pipeline's scores on the dev parts, and the extraction's on the gold"
    )
    evaluate.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    evaluate.add_argument("--gold", type=Path, help="the folder of the annotated statements, with score.py")
    evaluate.add_argument("--model", help="a pipeline other than the shipped one")
    coreference = commands.add_parser("coreference", help="make the weights of the coreference ranker")
    coreference.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    coreference.add_argument("--output", type=Path, default=SHIPPED_WEIGHTS, help="where the weights go")
    coreference.add_argument("--model", help="a pipeline other than the shipped one")
    arguments = parser.parse_args()
    console = Console(soft_wrap=True)
    if arguments.command == "train":
        from kg.training.assemble import train_all

        train_all(arguments.corpora, arguments.output, model=arguments.model)
        console.print(f"{arguments.model}: written")
        return 0
    if arguments.command == "coreference":
        from kg.training.coreference import make_ranker

        score = make_ranker(load_pipeline(arguments.model), arguments.corpora, arguments.output)
        console.print(f"{arguments.output}: written; CoNLL score on held-out training documents {score:.3f}", highlight=False)
        return 0
    from kg.training.measure import measure_extraction, measure_pipeline

    scores = measure_pipeline(load_pipeline(arguments.model), arguments.corpora)
    table = Table("measure", "score", title="dev parts of EWT and GUM, and of the entity corpora", title_justify="left")
    for name, score in scores.items():
        table.add_row(name, f"{score:.1f}")
    console.print(table)
    console.print(_coreference_table(arguments.model, arguments.corpora))
    if arguments.gold is not None:
        console.print(measure_extraction(arguments.gold, model=arguments.model), highlight=False)
    return 0


def _coreference_table(model: str | None, corpora: Path) -> Table:
    from kg.training.measure_coreference import measure_coreference

    counts = measure_coreference(load_pipeline(model), corpora, ranker=load_ranker())
    table = Table("genre", "CoNLL", "MUC", "B³", "CEAFφ4", "mentions", title="coreference, OntoGUM dev, F1", title_justify="left")
    for genre, found in sorted(counts.items()):
        parts = (found.muc, found.b_cubed, found.ceaf, found.mentions)
        table.add_row(genre, f"{100 * found.conll:.1f}", *(f"{100 * part.scores()[2]:.1f}" for part in parts))
    return table


if __name__ == "__main__":
    sys.exit(main())
