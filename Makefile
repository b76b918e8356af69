# One environment (.venv) serves everything here; it is made when needed and left alone when the
# lock and the place of the checkout are still those it was made for.
#   make run | test | test-full | test-sdk | bench | bench-lists
#   chaos | lock | lock-sdk | clean | help

SHELL := /bin/sh
LOCK  := .ci/requirements-dev.txt
BIN   := .venv/bin
KEY   := $(shell (pwd; cat $(LOCK)) | cksum | tr ' ' '-')
READY := .venv/ready-$(KEY)

# Give PYTHON=... to choose; else the first of these that is 3.11 to 3.14 and can make environments.
PYTHON     ?=
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python
SUITABLE   := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))

# More arguments for pytest, for example ARGS="-k consent".
ARGS ?=

# Two processes, each test file whole in one of them; TWO= runs all in one.
TWO ?= -n 2 --dist loadfile

# Rounds of kill -9 and power cuts in `make chaos`: some seven minutes for a hundred.
ROUNDS ?= 100

# Real messages for tests and bench, where a file of them lies beside the checkout.
REAL := $(abspath $(wildcard ../shared/data/sms-benign.jsonl.gz))
ifneq ($(REAL),)
export GATEKEEPER_REAL_MESSAGES ?= $(REAL)
endif

.DEFAULT_GOAL := help
.PHONY: help run test test-full test-sdk bench bench-lists chaos lock lock-sdk clean

help: ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile

run: $(READY) ## Start the gate with a sandbox carrier and a demo tenant
	@exec $(BIN)/gatekeeper serve --demo

test: $(READY) ## Style, types and every test (whole scans sampled)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not full and not node" $(TWO) $(ARGS)

test-full: $(READY) ## The scans that `test` samples, whole
	$(BIN)/python -m pytest -m full --timeout 3600 $(TWO) $(ARGS)

# `test` tries the eleven SDKs of Python: their environments take some 40 s together on two cores,
# once. Those of Node are tried here alone, since no Node is needed for anything else.
test-sdk: $(READY) ## Every real SDK against the gate, those of Node too (needs node and npm)
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "make test-sdk needs node and npm" >&2; exit 1; }
	$(BIN)/python -m pytest tests/sdk $(ARGS)

bench: $(READY) ## The gate beside a bare pass-through, nginx and mitmproxy
	$(BIN)/python -m tests.bench.run $(ARGS)

bench-lists: $(READY) ## Import a list of 20 million numbers, from text to active
	$(BIN)/python -m tests.bench.lists $(ARGS)

chaos: $(READY) ## Faults: kills, power cuts, full disks (Linux, needs a C compiler)
	$(BIN)/python -m pytest -m "full or not full" --timeout 3600 tests/chaos \
	  --deselect tests/chaos/test_opt_out_kill.py $(ARGS)
	$(BIN)/python -m tests.chaos.opt_out_kill --rounds $(ROUNDS) --controls
	$(BIN)/python -m tests.chaos.adapters

lock: ## Resolve the dependencies anew (needs uv; it asks the index that uv is set up with)
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv" >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o .ci/requirements.txt
	uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --group dev \
	  -c .ci/requirements.txt -o $(LOCK)

lock-sdk: ## Resolve the dependencies of each SDK anew (needs uv and npm)
	@command -v uv >/dev/null && command -v npm >/dev/null || { echo "make lock-sdk needs uv and npm" >&2; exit 1; }
	for lock in tests/sdk/environments/*/requirements.txt; do \
	  uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --no-emit-find-links "$${lock%.txt}.in" -o "$$lock"; \
	done
	for folder in tests/sdk/environments/*-node; do (cd "$$folder" && rm -f package-lock.json && \
	  npm install --package-lock-only --omit-lockfile-registry-resolved=true --ignore-scripts \
	    --no-audit --no-fund); done

clean: ## Remove the environment and what tools left behind (never the data folder)
	rm -rf .venv .sdk .bench dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): $(LOCK)
	@python=; for p in $(CANDIDATES); do \
	  if "$$p" -c '$(SUITABLE)' >/dev/null 2>&1; then python=$$p; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Gatekeeper needs Python 3.11, 3.12, 3.13 or 3.14 with venv. Install one of:" >&2; \
	  echo "  Debian, Ubuntu:  apt-get install python3 python3-venv" >&2; \
	  echo "  Fedora:          dnf install python3.13" >&2; \
	  echo "  macOS:           brew install python@3.13" >&2; \
	  echo "or name one: make PYTHON=/path/to/python3.12 run" >&2; \
	  exit 1; \
	fi; \
	echo "Setting up .venv with $$($$python --version): once, about a minute ..."; \
	"$$python" -m venv --clear .venv
	$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --only-binary :all: \
	  -r $(LOCK)
	$(BIN)/python -m pip install --disable-pip-version-check --no-index --no-deps \
	  --no-build-isolation --quiet -e .
	@touch $@
