# The two commands that matter: make run, make test. Everything a fresh machine needs is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TESTS := $(VENV)/.installed-for-tests
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run chat test check bench clean

run: $(STAMP)
	@$(BIN)/framework-bot run

chat: $(STAMP)
	@$(BIN)/framework-bot chat

test: $(TESTS)
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

# ruff, its formatter, mypy, the knowledge, the import rules, the exported names
check: $(TESTS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/framework-bot check
	$(BIN)/python -m pytest -q tests/test_architecture.py

bench: $(STAMP)
	@$(BIN)/framework-bot bench $(ARGS)

# running needs less than testing: a first `make run` does not wait for the rest
$(STAMP): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (once)..."
	@$(PIP) --upgrade "pip>=25.1"
	@$(PIP) --constraint constraints.txt --editable .
	@echo "Learning from the knowledge (again only when it changes)..."
	@$(BIN)/framework-bot ask help > /dev/null || true
	@touch $(STAMP)

$(TESTS): $(STAMP)
	@echo "Installing what the tests need (once)..."
	@$(PIP) --constraint constraints.txt --group dev
	@touch $(TESTS)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
