.PHONY: install lint test quick ci docs model benchmark

VENV ?= .venv
DATA ?= ../shared/data

install:  ## a development environment in $(VENV)
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q --upgrade "pip>=25.1"
	$(VENV)/bin/pip install -q -e ".[test]" --group dev

lint:  ## style and types
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/mypy

test:  ## the whole suite; study data under $(DATA) is used if it is there
	STANCEKIT_SHARED_DATA=$(DATA) $(VENV)/bin/python -m pytest -n auto

quick:  ## the suite without what is slow: for while you work
	STANCEKIT_SHARED_DATA=$(DATA) $(VENV)/bin/python -m pytest -n auto -m "not slow" -q

ci:  ## what must pass before a change lands
	bash .ci/run

docs:  ## the documentation site in build/docs; nothing is fetched, no notebook is run
	$(VENV)/bin/python -m sphinx -W --keep-going -q -c docs . build/docs

model:  ## rebuild the model `fast` from the gold posts
	$(VENV)/bin/python models/fast/build.py $(DATA)

benchmark:  ## throughput against peers
	$(VENV)/bin/python benchmarks/throughput.py $(DATA)
