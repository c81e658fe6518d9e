# Type `make help` to see what there is. Everything is installed in .venv, from requirements.lock.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8050

BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test lint lock bench clean

help: ## say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## install everything in .venv (the other targets do it when it is needed)

$(READY): requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = ".".join(map(str, sys.version_info[:3])); sys.exit(sys.version_info < (3, 11) and f"$(PYTHON) is Python {v}, and this needs 3.11 or newer. Name another one: make PYTHON=/path/to/python3.12")'
	@echo "Setting up .venv with $$("$(PYTHON)" --version) …"
	@"$(PYTHON)" -m venv .venv || { echo "Python could not make a virtual environment. On Debian and Ubuntu install the package python3-venv, then try again." >&2; exit 1; }
	@echo "Installing the packages of requirements.lock; the first time takes a minute or two …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --only-binary :all: --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-index --no-deps --no-build-isolation --editable .
	@touch $(READY)
	@echo "Ready."

lock: $(READY) ## write requirements.lock again from the ranges in pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --output-file requirements.lock
