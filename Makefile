# Everything from a bare clone: `make demo` and `make test` set up what they need
# in .venv by themselves, from the lock files, and again only when those change.
# Needed: Python 3.11 or newer with its venv module. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test lint types format train gate schema commands lock wheel clean

OLD = "import sys; sys.exit(sys.version_info < (3, 11))"
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c $(OLD) 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
TRAIN_VENV := .venv-train
RUN := training/runs/release
PIP := -m pip install --quiet --disable-pip-version-check

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.run ## read the bundled reports
	@$(BIN)/dateline demo

test: lint types ## lint, check the types, run every test
	$(BIN)/python -m pytest

lint: $(VENV)/.dev ## format and lint checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev ## mypy in strict mode
	$(BIN)/mypy

format: $(VENV)/.dev ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

train: $(TRAIN_VENV)/.train ## remake the reader's model (hours; needs the gold and the benchmarks)
	$(TRAIN_VENV)/bin/python -m training.train $(RUN) --stage1 0.7 --epochs 10 --hold 12
	$(TRAIN_VENV)/bin/python -m training.export $(RUN)/final.pt
	$(TRAIN_VENV)/bin/python -m training.fillers --hold 12
	$(TRAIN_VENV)/bin/python -m training.estimates gather $(RUN)/estimates.npz
	$(TRAIN_VENV)/bin/python -m training.estimates train $(RUN)/estimates.npz

gate: $(VENV)/.dev ## measure on the gold, fail under a floor
	$(BIN)/python -m dateline.evaluation.gate

schema: $(VENV)/.run ## write the JSON Schema of the record
	$(BIN)/python -m dateline.schema.build

commands: $(VENV)/.run ## write docs/commands.md
	$(BIN)/python docs/write_commands.py

# torch's CPU build bears a local version that package indexes don't serve, so it is cut off.
lock: ## resolve the dependencies anew into requirements/
	$(call need_python)
	test -d build/lock || $(PYTHON) -m venv build/lock
	build/lock/bin/python $(PIP) pip-tools
	mkdir -p requirements
	for name in run dev train; do \
	  extra=""; [ $$name = run ] || extra="--extra $$name --constraint requirements/run.lock"; \
	  CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	    $$extra --output-file requirements/$$name.lock pyproject.toml; \
	  sed -i 's/^\(torch==[0-9.]*\)+cpu/\1/' requirements/$$name.lock; \
	done

wheel: $(VENV)/.dev ## build wheel and sdist into dist/
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

clean: ## remove what the targets made, the environments too
	rm -rf $(VENV) $(TRAIN_VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests training benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

define need_python
@test -n "$(PYTHON)" && $(PYTHON) -c $(OLD) 2>/dev/null || \
	{ echo "Dateline needs Python 3.11 or newer; give its path: make $(or $(MAKECMDGOALS),test) PYTHON=/path/to/python3.11" >&2; exit 1; }
endef

define made
$(call need_python)
@test -x $(1)/bin/python || $(PYTHON) -m venv $(1) || \
	{ echo "$(PYTHON) has no venv module; on Debian: apt-get install python3-venv" >&2; exit 1; }
endef

$(VENV)/.run: requirements/run.lock pyproject.toml
	$(call made,$(VENV))
	@echo "setting up $(VENV) from requirements/run.lock"
	@$(BIN)/python $(PIP) --requirement requirements/run.lock
	@$(BIN)/python $(PIP) --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	@echo "setting up $(VENV) from requirements/dev.lock"
	@$(BIN)/python $(PIP) --requirement requirements/dev.lock
	@touch $@

$(TRAIN_VENV)/.train: requirements/train.lock pyproject.toml
	$(call made,$(TRAIN_VENV))
	@echo "setting up $(TRAIN_VENV) from requirements/train.lock"
	@$(TRAIN_VENV)/bin/python $(PIP) --requirement requirements/train.lock
	@$(TRAIN_VENV)/bin/python $(PIP) --no-deps --editable .
	@touch $@
