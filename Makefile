# make run   install, prepare the embedded models, read and answer the example mailbox
# make test  install the developer extras, run every check and every test
PY ?= python3
DATA ?= ../shared/data
VENV := .venv
BIN := $(VENV)/bin
# Two processes test at once, each on one thread: threads that wait for one another would spin in their way.
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadfile
EXTRAS := audio,culture,gguf,mt,people,postgres,ru,studio,subtitles,train,video,wandb
.DEFAULT_GOAL := help
.PHONY: help run test check quick heads bench docs lock clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(BIN)/python:
	$(PY) -m venv $(VENV)

$(VENV)/.base: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,$(EXTRAS)]'
	@touch $@ $(VENV)/.base

$(VENV)/.bench: pyproject.toml constraints.txt | $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@

run: $(VENV)/.base ## Install, prepare the models, read and answer the example mailbox
	$(BIN)/tongli models pull
	$(BIN)/tongli demo examples/mailbox.jsonl

check: $(VENV)/.dev ## Lint, format, types, architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.dev check ## Every check and every test
# Where bytecode is not written, each of the hundreds of processes of the tests would compile the modules anew.
	$(BIN)/python -m compileall -q src
	for model in text gguf whisper vad face; do $(BIN)/tongli models pull $$model || exit 1; done
	$(PYTEST)

heads: $(VENV)/.dev ## Train the layers and heads that ship, from the data sets in DATA
	$(BIN)/tongli models pull
	$(BIN)/tongli learn train examples/learn/recipe.toml --data $(DATA) --cache build/learn -o build/weights
	cp build/weights/upper.safetensors src/tongli/encoders/
	find build/weights -maxdepth 1 -name '*.json' -exec cp {} src/tongli/emotion/weights/ ';'
	find build/weights -maxdepth 1 -name '*.safetensors' ! -name upper.safetensors -exec cp {} src/tongli/emotion/weights/ ';'
	$(BIN)/python scripts/plain.py --data $(DATA)
	$(BIN)/python scripts/told.py --data $(DATA)
	$(BIN)/tongli learn tag --data $(DATA) --bfloat16 --threads 1 --overwrite -o src/tongli/emotion/weights/markers

bench: $(VENV)/.bench ## Measure quality and speed; run it on an idle machine
	$(BIN)/python benchmarks/emotions.py --data $(DATA)
	$(BIN)/python benchmarks/precision.py --data $(DATA)
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/latency.py

docs: $(VENV)/.dev ## Build the documentation into site/
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	$(BIN)/mkdocs build --strict

lock: ## Write constraints.txt from what the newest allowed versions resolve to
	rm -rf build/lock && $(PY) -m venv build/lock
	build/lock/bin/python -m pip install --quiet torch==2.13.0 -e '.[dev,$(EXTRAS),bench,docs]'
	build/lock/bin/python -m pip freeze --exclude-editable | sed -E 's/^(torch==[^+]+)\+.*/\1/' > constraints.txt

quick: $(VENV)/.dev ## The fast tests
	$(PYTEST) -m 'not slow and not models'

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
