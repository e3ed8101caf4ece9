# Every target is one line; the logic lives in tools/ and autograder/.
.DEFAULT_GOAL := help
.PHONY: help setup lab demo test test-all check lectures grade bundle
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PYTHON := .venv/bin/python

help:  ## what you can type
	@sh tools/help.sh Makefile

setup:  ## make .venv with everything in it; does nothing when nothing changed
	@sh tools/setup.sh

lab: setup  ## open the course in JupyterLab
	@$(PYTHON) -m tools.lab

demo: setup  ## release two lectures, hand in as a class, grade it, give feedback
	@$(PYTHON) -m autograder demo

test: setup  ## everything that matters, in a few minutes
	@$(PYTHON) -m tools.say "testing" $(PYTHON) -m pytest -q -n 2 -m "not slow and not browser"

test-all: test  ## the long sweeps and the browser as well
	@$(PYTHON) -m tools.say "testing the long sweeps" $(PYTHON) -m pytest -q -n 2 -m "slow or browser"

check: setup  ## style, types, canonical notebooks, lectures equal generate(solutions)
	@$(PYTHON) -m tools.check

lectures: setup  ## write lectures/ and index.md again from solutions/
	@$(PYTHON) -m tools.release

grade: setup  ## grade what was handed in: make grade TOPIC=03_multilayer_perceptrons
	@$(PYTHON) -m autograder grade $(TOPIC)

bundle: setup  ## write the zip that students get
	@$(PYTHON) -m autograder bundle
