# Only python3, pip and make are assumed; everything else comes with the environment.

PYTHON ?= python3
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
STAMP := $(ENVIRONMENT)/.complete
PORT ?=
CASE ?= de-liemers
SECONDS := 600
SEED ?=
ATTACK := tests/faults/test_nemesis.py

.DEFAULT_GOAL := help
.PHONY: help run env test test-containers lint format types check soak bench docs docs-images lock clean distclean

help: ## Explain the targets
	@printf 'Bodemplaat: the system that shared service centres run on.\n\n'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \2/p' $(MAKEFILE_LIST) | \
		awk '{ printf "  %s %-16s", $$1, $$2; for (i = 3; i <= NF; i++) printf " %s", $$i; print "" }'
	@printf '\n  make run CASE=<name> PORT=<port> chooses the cooperation and the port.\n'

run: $(STAMP) ## Start the whole system with a case in it, until Ctrl-C; the data is kept
	@CASE=$(CASE) $(if $(PORT),PORT=$(PORT)) exec $(BIN)/bodemplaat run

env: $(STAMP) ## Make the environment in .venv, from the lock file, with hashes

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(ENVIRONMENT)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-index --no-deps \
		--no-build-isolation --editable .
	@touch $@

test: $(STAMP) ## Run the tests on the embedded engines, two files at a time, and the attack by itself
	$(BIN)/pytest --numprocesses 2 --dist loadfile --ignore $(ATTACK)
	$(BIN)/pytest $(ATTACK)

test-containers: $(STAMP) ## Run the same tests on containers; needs a Docker engine
	$(BIN)/pytest --engines=containers

lint: $(STAMP) ## Check style, format and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

format: $(STAMP) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(STAMP) ## Check types, strictly
	$(BIN)/mypy

check: lint types test ## All of the above

soak: $(STAMP) ## Attack the whole system for SECONDS=600 with SEED=<number>, and check what must hold
	$(BIN)/python tests/faults/nemesis --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

bench: $(STAMP) ## Measure the figures of docs/performance.md; LARGE=1 goes up to a million events
	$(BIN)/python tests/benchmarks

docs: $(STAMP) ## Generate the pages and documents that come from the code
	$(BIN)/python -m contracts.documents
	$(BIN)/python docs/pages.py

docs-images: $(STAMP) ## Take the pictures in docs/images: pages with Chromium, reports as printed
	$(BIN)/python -m tests.portal.screenshots
	$(BIN)/python -m tests.portal.report_pictures

lock: ## Lock the newest versions of the dependencies, with hashes
	@folder=$$(mktemp -d) && $(PYTHON) -m venv $$folder && \
		$$folder/bin/pip install --quiet --disable-pip-version-check uv && \
		$$folder/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock && \
		rm -rf $$folder

clean: ## Remove the data of a stopped system
	@if [ -x $(BIN)/bodemplaat ]; then $(BIN)/bodemplaat clean; else rm -rf .run; fi

distclean: clean ## Remove the environment as well
	rm -rf $(ENVIRONMENT)
