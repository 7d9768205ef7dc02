# make run   install, prepare the embedded models, read and answer the example mailbox
# make test  install the developer extras, run every check and every test
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help
.PHONY: help run test check quick heads bench lock clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	$(PY) -m venv $(VENV)

$(VENV)/.base: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,train,gguf]'
	@touch $@ $(VENV)/.base

run: $(VENV)/.base ## Install, prepare the models, read and answer the example mailbox
	$(BIN)/tongli models pull
	$(BIN)/tongli demo examples/mailbox.jsonl

check: $(VENV)/.dev ## Lint, format, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.dev check ## Every check and every test
	$(BIN)/tongli models pull
	$(BIN)/python -m pytest

quick: $(VENV)/.dev ## The fast tests
	$(BIN)/python -m pytest -m 'not slow and not models'

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
