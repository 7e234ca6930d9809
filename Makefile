# make: the main job on the real reports.  make help: what else there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GOVINFO := $(BIN)/govinfo
DEMO := output/demo

.DEFAULT_GOAL := all
.PHONY: all demo setup test test-all bench check format lint types docs lab ocr lock clean help

all: $(READY) $(DEMO)/.made ## set up, then load, check, draw and export the reports of data/raw; a made-up county beside them
	$(GOVINFO) refresh

# The same job on made-up reports of all formats and forms, so that there is something to see; not redone without a cause.
$(DEMO)/.made: $(READY) demo.toml $(shell find src notebooks -type f -not -name '.*' -not -path '*/.*' -not -name '*.pyc')
	$(GOVINFO) demo $(DEMO) --townships 8 --years 2017-2023 --faults --gaps 0.12 --seed 2
	$(GOVINFO) refresh --config demo.toml
	touch $@

demo: $(DEMO)/.made ## only the made-up county

setup: $(READY) ## only set up the environment

# Everything is pinned with hashes, dependencies of dependencies too, so pip resolves nothing (older ones lose the pins of
# packages with extras); once installed nothing is fetched again, and all else works offline.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "govinfo needs Python 3.11 or newer, this is " + sys.version'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $(READY)

test: $(READY) ## the quick set of tests, with the same made-up examples each time
	$(BIN)/python -m pytest -n auto --dist worksteal --hypothesis-profile ci -m "not slow"

test-all: $(READY) ## every test, the long ones too, with new examples each time
	$(BIN)/python -m pytest -n auto --dist worksteal

bench: $(READY) ## what reading costs, as ratios; writes nothing
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/identity.py
	$(BIN)/python benchmarks/themes.py
	$(BIN)/python benchmarks/over_time.py

check: format lint types test ## format, lint, types, tests

format: $(READY) ## is everything formatted?
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

docs: $(READY) ## write the pages of docs/ that are made from the definitions
	$(BIN)/python -m govinfo.build.docs
	$(BIN)/python -m govinfo.themes.page

# The kernels of the environment go before those that the user has registered under the same name.
lab: $(READY) data/processed/reports.parquet ## JupyterLab with the notebooks; begin with start_here
	JUPYTER_PREFER_ENV_PATH=1 JUPYTER_PATH= $(BIN)/jupyter-lab $(LAB) notebooks/start_here.ipynb

data/processed/reports.parquet: | $(READY)
	$(GOVINFO) load data/raw -o data/processed

# Nothing is resolved here either: the lock holds what the extra needs beyond requirements.lock.
ocr: $(READY) requirements-ocr.lock ## add the reading of scans and pictures (220 MB on disk; works offline afterwards)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-ocr.lock

lock: ## pin anew what pyproject.toml asks for (needs uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --upgrade -o requirements.lock
	uv pip compile pyproject.toml --group dev --extra ocr --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header -c requirements.lock \
	  | awk 'NR == FNR { if (/^[^ ]/) seen[$$1] = 1; next } /^[^ ]/ { keep = !($$1 in seen) } keep' requirements.lock - \
	  > requirements-ocr.lock

clean: ## remove what was built; data/raw stays
	rm -rf output data/processed

help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12
