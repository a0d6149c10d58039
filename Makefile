# Everything sets itself up in .venv; a bare Python 3.11 with pip and make is enough.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
LOCKING := --quiet --generate-hashes --allow-unsafe --no-strip-extras --no-emit-options --no-header

.DEFAULT_GOAL := help
.PHONY: help setup chat ask run init test check prove lint lock lexicon bench docs

help:  ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(READY)  ## Make .venv with the pinned packages

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/siltabotti ask "hei" > /dev/null  # fits the matchers once, one to three minutes, so that every start after it is quick
	@touch $@

chat: setup  ## Talk to the bot here
	@$(BIN)/siltabotti chat

ask: setup  ## Ask one question: make ask Q="milloin avustuksia haetaan"
	@$(BIN)/siltabotti ask "$(Q)"

run: setup  ## Answer on Telegram
	@$(BIN)/siltabotti run

init: setup  ## Put the bot on Telegram: asks for the token
	@$(BIN)/siltabotti init

test: setup  ## Run the tests
	$(BIN)/python -m pytest --cov

check: setup lint test prove  ## All that must hold before anything lands

prove: setup  ## Slow proofs: kills and crowds, ten minutes
	$(BIN)/python -m pytest proofs

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/siltabotti check
	$(BIN)/hadolint Dockerfile

bench: setup  ## Measure accuracy, time and memory
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.latency
	$(BIN)/python -m benchmarks.broadcast

lexicon: setup  ## Compute the base forms of the content's words anew
	$(BIN)/python -m knowledge.lexicon

docs: setup  ## Write the generated pages of docs/
	$(BIN)/python -m knowledge.manual

lock: setup  ## Pin the newest packages with hashes
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile $(LOCKING) --all-extras --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile $(LOCKING) --extra build --constraint requirements.lock --output-file requirements-run.lock pyproject.toml
