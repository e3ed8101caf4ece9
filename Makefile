# Every target is one line; the logic lives in tools/ and autograder/.
.DEFAULT_GOAL := help
.PHONY: help setup lab demo test test-all check lectures release grade bundle docs screenshots bench
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PY := .venv/bin/python

help:  ## what you can type
	@awk -F ':.*  ## ' '/^[a-z].*  ## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

setup:  ## make .venv with everything in it; does nothing when nothing changed
	@sh tools/setup.sh

lab: setup  ## open the course in JupyterLab
	@$(PY) -m tools.lab $(ARGS)

demo: setup  ## release two lectures, hand in as a class, grade it, give feedback
	@$(PY) -m autograder demo

test: setup  ## everything that matters, in a few minutes
	@echo "test: everything but the long sweeps" && $(PY) -m pytest -q -n 2 --maxschedchunk=32 -m "not slow and not browser" && echo "test: all passed"

test-all: test  ## the long sweeps and the browser as well
	@echo "test-all: the long sweeps" && $(PY) -m pytest -q -n 2 --maxschedchunk=8 -m "slow or browser" && echo "test-all: all passed"

check: setup  ## style, types, canonical notebooks, lectures equal generate(solutions)
	@$(PY) -m tools.check

lectures: setup  ## write lectures/ and index.md again from solutions/
	@$(PY) -m tools.release

release: setup  ## a folder for one class beside a deck: make release TRACK=tum SESSIONS=2
	@$(PY) -m tools.tracks release "$(TRACK)" "$(SESSIONS)"

grade: setup  ## grade what was handed in: make grade TOPIC=03_multilayer_perceptrons
	@$(PY) -m autograder grade $(TOPIC)

bundle: setup  ## write the zip that students get
	@$(PY) -m autograder bundle $(ARGS)

docs: setup  ## write the documentation, with a page on every name of the library, to build/docs
	@$(PY) -m tools.docs

screenshots: setup  ## take the pictures of the widgets in docs/ again; needs Chromium
	@$(PY) -m tests.browser.screenshots

bench: setup  ## print what things cost, as ratios
	@$(PY) -m benchmarks
