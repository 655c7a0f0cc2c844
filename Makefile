# On a new machine two commands are enough: make run, make test. They need Python 3.11 to 3.13.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run up test test-cluster test-compose check gate docs bench lock clean

IS_SUITABLE := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for found in python3.11 python3.12 python3.13 python3 python; do \
	$$found -c '$(IS_SUITABLE)' 2>/dev/null && echo $$found && break; done)
NO_PYTHON := No Python 3.11, 3.12 or 3.13 with its venv module was found on PATH. Install one \
	(Debian, Ubuntu: apt install python3-venv) or name it: make run PYTHON=/path/to/python3.12
IN := .venv/bin
PIP := $(IN)/python -m pip install -qq --no-deps --no-build-isolation
SIDE_BY_SIDE := --dist loadfile --no-loadscope-reorder -n auto --maxprocesses
LOCK := $(IN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock"

help:  ## Say what each command does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/ready  ## Run the real DAGs on the sample exports: a pack, a narrative, a bulletin
	@$(IN)/python -m tasks.demonstration $(ARGS)

up: .venv/ready  ## Start Airflow on this machine (scheduler and web pages); Ctrl-C stops it
	@$(IN)/python -m tasks.launcher $(ARGS)

test: .venv/ready-to-test  ## Run the tests; choose some with ARGS="tests/clock -x"
	@$(IN)/python -m pytest -m "not gate and not cluster and not compose" $(SIDE_BY_SIDE) 4 $(ARGS)

test-cluster: .venv/ready-to-test  ## Run what needs PostgreSQL, Redis, S3 and workers, each fault injected
	@$(IN)/python -m pytest -m cluster $(or $(ARGS),tests/cluster)

test-compose: .venv/ready-to-test  ## Bring docker-compose.yml up, every profile, and run the DAGs there
	@.ci/compose $(ARGS) || [ $$? -eq 77 ]

check: .venv/ready-to-test  ## Check style, types, who imports whom, and the YAML
	@$(IN)/ruff check .
	@$(IN)/ruff format --check --quiet .
	@$(IN)/mypy
	@$(IN)/lint-imports
	@$(IN)/yamllint --strict .
	@$(IN)/python -m pip check

gate: .venv/ready-to-test  ## Run the tests that need a browser, LibreOffice or whole servers
	@$(IN)/python -m pytest -m gate $(SIDE_BY_SIDE) 4 $(ARGS)

docs: .venv/ready  ## Write docs/ again: the sample, the methodology, the DAG pages
	@$(IN)/python -m tasks.documentation $(ARGS)

bench: .venv/ready  ## Measure seconds and memory beside a plain script and plain pandas
	@$(IN)/python bench/run.py $(ARGS)

lock: .venv/ready-to-test  ## Resolve the libraries again, from pyproject.toml
	@$(LOCK) --extra server --extra remote --group build pyproject.toml --output-file requirements.lock
	@$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## Remove what was installed and cached; var/, with every release, stays
	@rm -rf .venv .coverage .hypothesis .*_cache build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/locked: requirements.lock
	$(if $(PYTHON),,$(error $(NO_PYTHON)))
	@echo "Installing the locked libraries into .venv: about a minute, this once."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

.venv/ready: .venv/locked pyproject.toml
	@$(PIP) --editable .
	@touch $@

.venv/ready-to-test: .venv/ready requirements-dev.lock
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
