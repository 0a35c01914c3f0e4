# Two commands are enough on a fresh machine with Python 3.11 and make: `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help demo office test lint bench clean pins rules

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-dev

help:
	@echo "make demo    a fictional province from nothing: load, draft its year report, proof-read it and a copy with mistakes;"
	@echo "             then its office in the browser, with accounts of every role and a form open for entry"
	@echo "make office  that office alone, once more"
	@echo "make test    lint, types, floors, tests; names what was skipped and why"
	@echo "make bench   every figure that the product promises, with its bound"
	@echo "make rules   renew the table of rules in the docs"
	@echo "make pins    renew constraints.txt"

# uv when it can be had (fast), else pip: the versions are the same, they stand in constraints.txt
$(STAMP): pyproject.toml constraints.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@{ test -x $(BIN)/uv || $(BIN)/python -m pip install -q -c constraints.txt uv; } </dev/null || true
	@if test -x $(BIN)/uv; then \
	    $(BIN)/uv pip install -q -p $(BIN)/python -c constraints.txt -e '.[dev,tables]'; \
	  else \
	    $(BIN)/python -m pip install -q -c constraints.txt -e '.[dev,tables]'; \
	  fi </dev/null
	@touch $@

demo: $(STAMP)
	@$(BIN)/python -m demo out
	@$(BIN)/python -m demo.office out

office: $(STAMP)
	@$(BIN)/python -m demo.office out

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -rs -n auto --dist loadfile --no-loadscope-reorder

bench: $(STAMP)
	@$(BIN)/python -m bench

pins: $(STAMP)
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-annotate --all-extras \
	  pyproject.toml -o constraints.txt

rules:
	$(BIN)/python -m tests.house.rules_table

clean:
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
