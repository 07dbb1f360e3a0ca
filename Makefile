# Two commands for everyone: `make demo` and `make test`. Nothing but Python (3.11 or later) and make is needed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLS  := $(VENV)/.tools
MUTMUT := $(VENV)/.mutmut
WORDS  := $(wildcard sheet_schema/languages/*/*.po sheet_schema/languages/*/language.toml)
SAID   := $(patsubst %.toml,%.json,$(WORDS:.po=.mo))
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Python keeps what it compiled, whatever the environment says: the tests start the program some hundred times.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check coverage mutants lock bench docs pictures clean
.DEFAULT_GOAL := demo

demo: $(READY) $(SAID)
	@$(BIN)/python jobs.py demo

test: $(TOOLS) $(SAID)
	@$(BIN)/python -m pytest

check: $(TOOLS) $(SAID)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python .ci/lock_is_current.py
	@$(BIN)/python -m docs.translations --check
	@$(BIN)/python -m pytest tests/test_house.py tests/docs/test_links.py tests/docs/test_libraries.py

# The whole suite, which takes a sixth to a quarter longer so, and which lines it did not run, file by file; the floor stands in pyproject.toml.
coverage: $(TOOLS) $(SAID)
	@$(BIN)/python -m slipcover -m pytest
	@$(BIN)/python -m slipcover --merge .coverage.json --out .coverage.json --skip-covered
	@$(BIN)/python .ci/coverage_floor.py

# Which changes in the code that must not fail no test would notice: `make mutants`, or `make mutants OF="clocks --sample 50 --seed 2"`.
mutants: $(MUTMUT)
	@$(BIN)/python -m tests.mutation $(OF)

# Every package, and all it needs, at its newest version that fits pyproject.toml, with the hashes of its files.
LOCK := build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --custom-compile-command 'make lock'
lock:
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' > build/lock/build.txt
	@$(LOCK) pyproject.toml build/lock/build.txt --extra dev --output-file requirements-dev.lock
	@$(LOCK) pyproject.toml build/lock/build.txt --constraint requirements-dev.lock --output-file requirements.lock
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["mutants"], sep="\n")' > build/lock/mutants.txt
	@$(LOCK) build/lock/mutants.txt --constraint requirements-dev.lock --output-file requirements-mutants.lock

bench: $(TOOLS)
	@$(BIN)/python -m benchmarks.register
	@$(BIN)/python -m benchmarks.nothing_to_do
	@$(BIN)/python -m benchmarks.starting
	@$(BIN)/python -m benchmarks.ten_years
	@$(BIN)/python -m benchmarks.mails
	@$(BIN)/python -m benchmarks.verify
	@$(BIN)/python -m benchmarks.backups
	@$(BIN)/python -m benchmarks.importing
	@$(BIN)/python -m benchmarks.google

docs: $(TOOLS)
	@$(BIN)/python -m docs.translations
	@$(BIN)/python -m sheet_schema.reference
	@$(BIN)/python -m docs.commands

# docs/images, from the demo; needs LibreOffice, poppler-utils and Chromium.
pictures: $(TOOLS)
	@$(BIN)/python -m docs.pictures

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Every language's sentences, in the form in which the program reads them fastest.
$(SAID) &: $(WORDS) | $(READY)
	@$(BIN)/python -m sheet_schema.languages

$(TOOLS): requirements-dev.lock $(READY)
	@echo "Setting up the tools (once; a minute or two) ..."
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $(TOOLS)

$(MUTMUT): requirements-mutants.lock $(TOOLS)
	@$(PIP) --require-hashes --requirement requirements-mutants.lock
	@touch $(MUTMUT)

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .coverage.json
