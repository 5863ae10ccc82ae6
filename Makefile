# One command each, the same for people and for .ci/run. PYTHON names Python 3.11 where python3 is another.
PYTHON ?= python3
ROOMS = $(wildcard chronicle events media)
# Rounds of each race on each kind of database, and the most with its guard off; `make soak` runs the whole.
ROUNDS ?= 30
CONTROL ?= 60
export PYTHON

.PHONY: setup check test run shots soak locks style types imports complexity production house races cover

setup:
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements-dev.txt && .venv/bin/pip check

check: locks style types imports complexity production house

test: # as the README says
	bash .ci/command two

run: # as the README says
	bash .ci/command one

shots:
	.venv/bin/python -m tests.shots

soak: # random tests and races whole, on both databases; PostgreSQL needs root
	CHRONICLE_SOAK=1 .venv/bin/python -m pytest && CHRONICLE_SOAK=1 bash .ci/with-postgres .venv/bin/python -m pytest
	.venv/bin/python -m tests.tamper && bash .ci/with-postgres .venv/bin/python -m tests.tamper
	$(MAKE) races ROUNDS=300 && bash .ci/with-postgres $(MAKE) races ROUNDS=300

cover: # which lines no test runs, on SQLite
	.venv/bin/python -m coverage run -m pytest
	.venv/bin/python -m coverage combine --quiet && .venv/bin/python -m coverage report

locks:
	bash .ci/locked

style:
	.venv/bin/ruff check && .venv/bin/ruff format --check

types:
	CHRONICLE_DEVELOPMENT=true .venv/bin/mypy

imports:
	.venv/bin/lint-imports --no-logo

complexity: # radon prints each block above grade B, and grep fails on none
	! .venv/bin/radon cc -s -n C $(ROOMS) | grep .

production: # migrations made, settings fit for the public
	bash .ci/production makemigrations --check --dry-run && bash .ci/production check --deploy --fail-level WARNING
	CHRONICLE_ROLE=site bash .ci/production check --deploy --fail-level WARNING

house:
	.venv/bin/python -m pytest -q tests/test_repository.py

races:
	.venv/bin/python -m tests.race --rounds $(ROUNDS) --control $(CONTROL)
