# The commands of the project: run, test, coverage, walk, check, lock, audit, hooks, docs, words, bench, soak, bundle.
# A clone needs only make, Python 3.11 or newer and, for the tests, a Debian-like system or a browser.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q

.PHONY: run test coverage walk check lock audit advisories hooks docs words bench soak pictures bundle browser provider clean
.DEFAULT_GOAL := run

# Serve the board; an empty store is filled with the invented settlement first. SAMPLE=0 make run
# leaves it empty: whoever opens it on this machine may load the first batch.
# PORT=8600 make run takes another port; ROLE=task_force make run shows it as that role, on
# this machine and while nobody signs in (DEPARTMENT=… for the roles that have one).
run: $(VENV)/run.stamp
	@$(BIN)/python -m board.serve $(if $(filter 0,$(SAMPLE)),,--sample) \
	    $(if $(PORT),--port $(PORT)) $(if $(ROLE),--role $(ROLE)) \
	    $(if $(DEPARTMENT),--department $(DEPARTMENT))

# The tests of every change; walks and soak tests apart.
test: $(VENV)/dev.stamp provider
	$(PYTEST) -m "not soak and not walk" $(TESTS)

# The same tests with the lines of board/ that they run counted; fails below 95 %.
coverage: $(VENV)/dev.stamp provider
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q -m "not soak and not walk" $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# Every page in a browser, as each reader, on screen, shared and signed in to.
walk: $(VENV)/dev.stamp browser provider
	$(PYTEST) -m walk $(or $(TESTS),tests/walks)

# How the code reads: format, lint, types, layers.
check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

# Pin what pyproject.toml declares, and what that brings along, for every system. Pins stay as
# they are unless asked for: make lock LOCK="--upgrade-package duckdb", or LOCK=--upgrade.
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url \
    --no-emit-find-links --annotation-style line --custom-compile-command "make lock"
lock: $(BIN)/python
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(PIN) $(LOCK) pyproject.toml -o requirements.txt
	$(PIN) $(LOCK) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

# The known vulnerabilities of what requirements*.txt pin, by a stored copy of OSV's advisories
# (ADVISORIES=path of another copy). Error 1: some are known, 3: no copy, 4: an old copy.
audit: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.audit

# Bring the newest copy from the network into .advisories, and audit by it.
advisories: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.support.audit --fetch

# Format and lint before every commit.
hooks: $(VENV)/dev.stamp
	$(BIN)/pre-commit install

# What follows from declarations: docs/metrics.md, docs/ledgers.md, tables of glossary and README.
docs: $(VENV)/run.stamp
	$(BIN)/python -m board.documents

# The words that still lack their English, as entries for a file of locale/en.
words: $(VENV)/dev.stamp
	$(BIN)/python -m tests.support.words

# One table of speeds and sizes, each beside something measured in the same run.
bench: $(VENV)/dev.stamp browser
	$(BIN)/python -m bench $(BENCH)

# The long tests: ten thousand kills, every file operation of every command failed in each way,
# and every one of the cases of which `make test` tries some. Hours; a part by TESTS=tests/test_faults.py.
soak: $(VENV)/dev.stamp
	$(PYTEST) --dist load -m soak --timeout 0 $(TESTS)

# The pictures of the README, taken from the running app.
pictures: $(VENV)/dev.stamp browser
	$(BIN)/python -m bench.pictures

# A folder in dist/ that installs the board on a machine without a network: docs/operate.md.
# BUNDLE="--machine x86_64 --python 3.11" makes a smaller one.
bundle: $(VENV)/run.stamp
	@$(BIN)/python -m deploy.bundle $(BUNDLE)

# A browser and a Chinese font for the tests, from the system's packages when missing.
browser:
	@bash tests/support/browser.sh

# The OpenID provider that the tests of signing in ask, and Node to run it.
provider:
	@bash tests/support/provider.sh

clean:
	rm -rf $(VENV) tests/support/provider/node_modules .mypy_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed: PYTHON=… make"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	    { echo "缺少 venv 模块 / the venv module is missing: apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp
