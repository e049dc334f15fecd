"""Write the page: ``python -m kg.ontology_pages --output build/ontology``."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.ontology_pages.page import write_page


def main() -> None:
    """Write the page into the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m kg.ontology_pages", description="Write the ontology as a page for people.")
    parser.add_argument("--output", type=Path, default=Path("build/ontology"), help="the folder, made where there is none")
    write_page(parser.parse_args().output)


if __name__ == "__main__":
    main()
