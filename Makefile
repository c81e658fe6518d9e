# Type `make help` to see what there is. Everything is installed in .venv, from requirements.lock.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8050
ARGS ?=

# Relative on purpose: the checkout may stand in a folder whose name has spaces.
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format lock bench benchpage example clean

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## install everything in .venv (the other targets do so when it is needed)
	@:

# The stamp holds the folder that was set up: a checkout that was moved is set up again, and so is one whose lock changed.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif
$(READY): requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is $$("$(PYTHON)" --version 2>&1); this needs Python 3.11 or newer. Name another one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Setting up .venv with $$("$(PYTHON)" --version 2>&1) …"
	@"$(PYTHON)" -m venv .venv || { echo "Python could not make a virtual environment here. On Debian and Ubuntu, install the package python3-venv and try again." >&2; exit 1; }
	@echo "Installing what requirements.lock names; the first time takes a minute or two …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-index --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > $(READY)
	@echo "Ready."

run: $(READY) ## serve the dashboards on http://127.0.0.1:8050 and open them (HOST=, PORT=)
	@$(BIN)/orchestrator serve --host "$(HOST)" --port "$(PORT)" --open $(ARGS)

test: $(READY) ## run every test, a browser's included (ARGS="-k name" for some)
	@$(BIN)/python -m tests.browser.chromium --install
	@$(BIN)/python -m pytest -n 2 --dist loadfile --junitxml=test-report.xml $(ARGS)

lint: $(READY) ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(READY) ## lay the source out as the lint wants it
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: $(READY) ## write requirements.lock again from the ranges in pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock
	@echo "Wrote requirements.lock; the next target installs it."

bench: $(READY) ## print the speeds on this machine
	@for file in tests/benchmarks/bench_*.py; do [ ! -e "$$file" ] || $(BIN)/python "$$file" $(ARGS) || exit 1; done

benchpage: $(READY) ## write docs/benchmarks.md again, from WORKLOADS=PATH/workloads.py
	@$(BIN)/python tests/benchmarks/bench_measures.py --workloads "$(WORKLOADS)" --sizes 300,3000,30000,300000 \
	  --exact 30000 --packs 3000,30000,300000 --write docs/benchmarks.md

example: $(READY) ## make a worked example again: NAME=clean-energy, london-health, trafford or matches, FILES=FOLDER of the published files
	@$(BIN)/python -m tests.benchmarks.worked_examples "$(NAME)" "$(FILES)" $(ARGS)

clean: ## remove .venv and everything else that was made here
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis test-report.xml
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
