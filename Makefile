# What a person types to run, test and measure Garage; "make" alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint bench pictures goldens translations
.NOTPARALLEL:

TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard garage/translations/*/LC_MESSAGES/*.po))
SERVE := .venv/bin/garage serve --worker $(if $(filter-out 0,$(LAN)),--lan)

help: ## list what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: .venv/app.stamp $(TRANSLATIONS) ## get this machine ready to run the program
	@:

run: setup ## start the program (LAN=1: for the whole workshop)
	@exec $(SERVE)

demo: setup ## start a garage full of invented customers, kept in instance/demo
	@exec $(SERVE) --demo

test: lint ## every check and every test, those in a real browser included
	@.venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: .venv/tests.stamp $(TRANSLATIONS) ## formatting, rules and types only
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/djlint --lint --quiet templates

bench: .venv/tests.stamp $(TRANSLATIONS) ## measure, and write docs/benchmarks.json and docs/benchmarks.md
	@.venv/bin/python -m tests.benchmarks

pictures: .venv/tests.stamp $(TRANSLATIONS) ## take the README's pictures afresh
	@.venv/bin/python -m tests.pictures

goldens: .venv/tests.stamp $(TRANSLATIONS) ## approve how cards look now, in every design and language
	@.venv/bin/python -m tests.goldens

.venv/app.stamp: requirements.lock pyproject.toml .ci/set_up.sh
	@.ci/set_up.sh app
	@touch $@

.venv/tests.stamp: requirements-dev.lock pyproject.toml .ci/set_up.sh
	@.ci/set_up.sh tests
	@touch $@ .venv/app.stamp

%.mo: %.po | .venv/app.stamp
	@.venv/bin/python -m babel.messages.frontend -q compile -i $< -o $@

translations: .venv/app.stamp ## collect new texts for the translators
	@mkdir -p build
	@.venv/bin/python -m babel.messages.frontend -q extract -F pyproject.toml -k "N_ _l lazy_gettext" --no-wrap --sort-output --add-location=file --project=Garage -o build/messages.pot .
	@.venv/bin/python -m babel.messages.frontend -q update -i build/messages.pot -d garage/translations --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
