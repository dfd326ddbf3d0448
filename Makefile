# Two commands on a fresh machine: `make demo` and `make test`. Nothing but Python 3.11+ and make is needed for them.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export LEITLINIE_ENV ?= development
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup setup-dev demo serve test check journeys bench lock messages soak

help:  ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.base

setup: $(VENV)/.base  ## install what running needs

setup-dev: $(VENV)/.dev  ## install what testing needs

demo: setup  ## load the demo company and serve it on 127.0.0.1:$(PORT)
	@$(BIN)/python manage.py demo
	@echo "Leitlinie: http://127.0.0.1:$(PORT)/"
	@$(BIN)/gunicorn cms_site.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 1 --threads 4 --log-level warning

serve: setup  ## serve what is there
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/gunicorn cms_site.wsgi --bind 127.0.0.1:$(PORT) --worker-class gthread --workers 1 --threads 4 --log-level warning

test: setup-dev  ## the tests that need only Python
	$(BIN)/python -m pytest tests

check: setup-dev  ## lint, types, contracts, migrations, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djhtml --check --tabwidth 2 templates
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	$(MAKE) test

journeys: setup-dev  ## the browser journeys, in headless Chromium
	$(BIN)/python -m pytest tests/journeys -p no:cacheprovider

bench: setup-dev  ## figures, each a ratio to a baseline measured in the same run
	$(BIN)/python -m tests.benchmarks

lock: setup-dev  ## resolve the dependencies again, with hashes and without addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal -p 3.11 pyproject.toml --generate-hashes --no-emit-index-url --no-annotate --no-header -q --upgrade -o requirements.txt
	$(BIN)/uv pip compile --universal -p 3.11 pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-annotate --no-header -c requirements.txt -q --upgrade -o requirements-dev.txt

messages: setup-dev  ## compile the German texts (needs gettext)
	find lessons quizzes training cms_site locale -name '*.po' -execdir msgfmt -o django.mo django.po \;
