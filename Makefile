# `make` builds the parallel texts of source_texts/; `make test` runs everything CI runs.
# Both set up what they need in .venv on a machine with Python 3.11 or newer.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: all build serve test check format docs bench lock clean

all: build

build: .venv/run
	$(BIN)/dragoman build
	$(BIN)/dragoman check --base locales/baseline.json
	@echo "open build/parallel/baku-remembrance-address.html"

# The workbench on our own texts; what changes is built at once.
serve: .venv/run
	$(BIN)/dragoman serve --watch --open

# Everything CI runs. Browser tests need Chromium, catalogs are checked with gettext, the
# CommonMark examples come from npm: tests/prepare installs them when it runs as root.
test: .venv/test
	tests/prepare
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python docs/generate_cli.py --check
	$(BIN)/python docs/generate_checks.py --check
	$(BIN)/python -m pytest -n auto

format: .venv/test
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

docs: .venv/test
	$(BIN)/python docs/generate_cli.py
	$(BIN)/python docs/generate_checks.py

bench: .venv/test
	$(BIN)/python benchmarks/run.py

# Pins with hashes and without any registry's address.
lock: .venv/test
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes \
	    --no-annotate --no-header --extra pdf --extra office --extra corpus --extra fonts --extra server --extra audit --extra workbench pyproject.toml requirements/run.in -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes \
	    --no-annotate --no-header --extra pdf --extra office --extra corpus --extra fonts --extra server --extra workbench --group dev pyproject.toml requirements/run.in -o requirements/dev.txt

.venv/run: requirements/run.txt pyproject.toml
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv || $(MAKE) venv-from-debian
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Debian keeps venv in a package of its own.
.PHONY: venv-from-debian
venv-from-debian:
	rm -rf .venv
	@test "$$(id -u)" = 0 || { echo "*** Python has no venv: apt-get install python3-venv"; exit 1; }
	apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
	$(PYTHON) -m venv .venv

.venv/test: requirements/dev.txt .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf .venv .cache build
