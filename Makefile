# caseman: `make demo` to see it, `make test` to check it, `make help` for the rest.
#
# Everything is installed into .venv, only from the hashed lock files. uv is used where it is
# found, the standard venv and pip elsewhere; both give the same environment.

VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?=
WORKERS ?= auto
ARGS ?=

UV := $(shell uv --version >/dev/null 2>&1 && echo uv)

# A stamp is newer than the locks it was installed from; the larger environment contains the smaller.
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed

TRANSLATIONS := caseman/translations
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(TRANSLATIONS)/*/LC_MESSAGES/messages.po))
TEMPLATE := $(TRANSLATIONS)/messages.pot

ifdef UV
  CREATE = $(UV) venv --quiet --python "$(or $(PYTHON),>=3.11)" $(VENV)
  INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
  CREATE = "$(or $(PYTHON),python3)" -m venv $(VENV)
  INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo test lint format install lock messages catalogues clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

demo: install ## fill a fresh database with demo cases, serve it and print the sign-ins
	$(BIN)/caseman demo $(ARGS)

test: $(DEVELOPMENT) catalogues ## run the test suite (ARGS="-k words" to choose)
	$(BIN)/python -m pytest -p tests.requirements_plugin -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(DEVELOPMENT) ## check style, types, imports between the parts, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(if $(wildcard templates),$(BIN)/djlint templates --check --lint --quiet)

format: $(DEVELOPMENT) ## rewrite code and templates in the one style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(if $(wildcard templates),$(BIN)/djlint templates --reformat --quiet)

install: $(RUNTIME) catalogues ## build .venv with what running needs

lock: ## write both lock files anew from pyproject.toml (ARGS=--upgrade for newer versions); needs uv
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	$(RESOLVE) --group build --output-file requirements.lock
	$(RESOLVE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

# One resolution for every supported Python and system; no index address, so any mirror will do.
RESOLVE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra pg --extra parquet \
	--generate-hashes --no-emit-index-url --no-header $(ARGS)

messages: $(DEVELOPMENT) ## collect the strings, merge them into each catalogue (NEW=ckb starts one), compile
	mkdir -p $(TRANSLATIONS)
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --output-file $(TEMPLATE) \
		--project caseman --sort-by-file --no-location --add-comments "i18n:" \
		--keywords "lazy_gettext lazy_ngettext:1,2 lazy_pgettext:1c,2 lazy_npgettext:1c,2,3" .
	$(if $(NEW),$(BIN)/pybabel --quiet init --input-file $(TEMPLATE) --output-dir $(TRANSLATIONS) --locale $(NEW))
	$(if $(CATALOGUES)$(NEW),$(BIN)/pybabel --quiet update --input-file $(TEMPLATE) \
		--output-dir $(TRANSLATIONS) --no-wrap --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date)
	$(MAKE) catalogues

catalogues: $(CATALOGUES)

# Compiled catalogues are built, not committed: here for a working tree, in setup.py for a wheel.
# Nothing is ever matched by guess, so "fuzzy" is a person's mark, "for native review", and counts.
%.mo: %.po
	$(BIN)/pybabel --quiet compile --use-fuzzy --input-file $< --output-file $@

clean: ## remove what make made (the demo database stays)
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache \
		.hypothesis .coverage
	find $(TRANSLATIONS) -name '*.mo' -delete 2>/dev/null || true

$(RUNTIME): requirements.lock pyproject.toml $(wildcard setup.py)
	@$(BUILD_VENV)
	$(INSTALL) --require-hashes --requirement requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock requirements.lock pyproject.toml $(wildcard setup.py)
	@$(BUILD_VENV)
	$(INSTALL) --require-hashes --requirement requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $(RUNTIME) $@

define BUILD_VENV
test -x $(BIN)/python || $(CREATE); \
$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "caseman needs Python 3.11 or newer: make clean, then make PYTHON=python3.13 ..."; exit 1; }
endef
