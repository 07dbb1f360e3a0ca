# Two commands for everyone: `make demo` and `make test`. Nothing but Python (3.11 or later) and make is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check bench docs pictures clean
.DEFAULT_GOAL := demo

demo: $(READY)
	@$(BIN)/python jobs.py demo

test: $(READY)
	@$(BIN)/python -m pytest

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_house.py

bench: $(READY)
	@$(BIN)/python -m benchmarks.register
	@$(BIN)/python -m benchmarks.nothing_to_do
	@$(BIN)/python -m benchmarks.mails
	@$(BIN)/python -m benchmarks.verify
	@$(BIN)/python -m benchmarks.google

docs: $(READY)
	@$(BIN)/python -m sheet_schema.reference
	@$(BIN)/python -m docs.commands

# docs/images, from the demo; needs LibreOffice, poppler-utils and Chromium.
pictures: $(READY)
	@$(BIN)/python -m docs.pictures

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 demo"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache
