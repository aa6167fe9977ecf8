# The commands of this project. Type make for the list.

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
export PORT

.DEFAULT_GOAL := help
.PHONY: help run dev staff test quick prove bench screenshots lock messages roles format

help:  ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */make \1 · /' | column -t -s '·'

run: .venv/run-ready  ## The site on http://127.0.0.1:8000/ (PORT=8123 make run for another port)
	@bin/run

dev: .venv/run-ready  ## The site, reloading when a file changes
	@bin/prepare && PORTAL_DEBUG=1 $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

staff: .venv/run-ready  ## Trial accounts for the desk, passwords printed once
	@$(BIN)/python manage.py migrate -v 0 && $(BIN)/python manage.py make_accounts

test: .venv/test-ready  ## The gate: format, lint, catalogues, the suite on both databases, the browser
	@bin/test

quick: .venv/test-ready  ## The suite on SQLite without a browser
	@$(BIN)/python manage.py compile_catalogues
	@$(BIN)/python -m pytest -q --numprocesses auto --dist loadscope --no-loadscope-reorder -m "not browser and not machine"

prove: .venv/test-ready  ## The long proofs: properties on 20,000 inputs, crashes and races, on both databases
	@bin/prove

bench: .venv/test-ready  ## What must not grow with the site, measured on both databases
	@bin/bench

screenshots: .venv/test-ready  ## Pictures of every type of page, in var/screenshots/
	@bin/install-test-parts && bin/screenshots $(PAGES)

lock: .venv/test-ready  ## Pin requirements.txt and requirements-dev.txt anew
	@bin/lock

messages: .venv/test-ready  ## Bring the catalogues up to date with the source
	@bin/messages

roles: .venv/test-ready  ## Write the table of docs/reference/roles.md anew, from what the desk allows
	@ROLES=write $(BIN)/python -m pytest -q -m proof --hypothesis-profile=prove tests/proofs/test_role_table.py

format: .venv/test-ready  ## Put the source into its one format
	@$(BIN)/ruff format -q . && $(BIN)/ruff check -q --fix .

.venv/run-ready: requirements.txt
	@bin/venv $(PYTHON) requirements.txt
	@touch $@

.venv/test-ready: requirements-dev.txt
	@bin/venv $(PYTHON) requirements-dev.txt
	@touch $@ .venv/run-ready
