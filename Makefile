# TruPaths needs Python 3.11 or newer and make; the rest is installed here, into .venv.
#
#   make run      start the site on http://127.0.0.1:8000  (PORT=8001 HOST=0.0.0.0)
#   make test     all tests: SQLite, PostgreSQL, browser  (ARGS="-k search")
#   make check    linters, migrations, deployment checks, import rules
#   make fix      let the linter repair what it can
#   make audit    risky code, secrets in files, versions with known faults  (needs the network)
#   make sbom     the bill of materials: var/sbom.json, in CycloneDX
#   make lock     resolve the dependencies again  (ARGS=--upgrade)
#   make env      the virtual environment that runs the site; dev-env: with the tools for tests
#   make clean    remove the virtual environment and caches; var/ (your data) stays

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
# Browser tests drive this program; Chromium's shell without windows needs half the time.
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium || \
	command -v chromium-browser || command -v google-chrome)
export CHROMIUM

PY := .venv/bin/python
INSTALL = $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1) || { \
	echo 'That did not work; it needs the network, this once.' \
		'To see more: $(PY) -m pip install -r $(1)' >&2; exit 1; }
SAY := @printf '== %s\n'

.PHONY: run test test-sqlite test-postgres test-browser check fix audit audit-code audit-versions \
	sbom lock env dev-env clean
.DEFAULT_GOAL := run
# Steps print headings and share a machine of any size: one after the other.
.NOTPARALLEL:

run: env
	@$(PY) -c 'import socket; socket.create_server(("$(HOST)", int("$(PORT)"))).close()' 2>/dev/null || { \
		echo 'TruPaths cannot listen on $(HOST):$(PORT): the port is in use or not allowed.' \
			"Choose another one: make run PORT=$$(($(PORT) + 1))" >&2; exit 1; }
	$(SAY) 'Preparing the site (data is in var/)'
	@$(PY) manage.py migrate --noinput -v0
	@$(PY) manage.py prepare
	@$(PY) manage.py collectstatic --noinput -v0
	@exec $(PY) manage.py serve --host '$(HOST)' --port '$(PORT)'

test: test-sqlite test-postgres test-browser

test-sqlite: dev-env
	$(SAY) 'Tests on SQLite'
	@env -u DATABASE_URL $(PY) -m pytest -q -n auto --dist loadfile -m 'not browser' $(ARGS)

test-postgres: dev-env
	$(SAY) 'Tests on PostgreSQL'
	@$(PY) -m tests.postgres $(PY) -m pytest -q -n auto --dist loadfile -m 'not browser' $(ARGS)

# With ARGS, that none of the chosen tests is a browser test (exit code 5) is no failure.
test-browser: dev-env
ifeq ($(CHROMIUM),)
	@echo '== Browser tests were NOT run: no Chromium found.' \
		'Install one (Debian: apt install chromium-headless-shell) or name it: make test CHROMIUM=/path/to/it' >&2
	@test '$(REQUIRE_BROWSER)' != 1
else
	$(SAY) 'Tests in a browser ($(CHROMIUM))'
	@env -u DATABASE_URL $(PY) -m pytest -q -n 2 -m browser $(ARGS) || { code=$$?; \
		test $$code -eq 5 && test -n "$$ARGS"; }
endif

# Deployment checks run as in production: HTTPS address, own secret, named hosts.
check: dev-env
	$(SAY) 'Python: ruff'
	@$(PY) -m ruff check --quiet .
	$(SAY) 'Templates: djlint'
	@$(PY) -m djlint templates --lint --quiet
	$(SAY) 'Models and migrations agree'
	@DATABASE_URL=sqlite://:memory: $(PY) manage.py makemigrations --check --dry-run
	$(SAY) 'Deployment checks'
	@SITE_URL=https://trupaths.example ALLOWED_HOSTS=trupaths.example \
		SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(48))')" \
		$(PY) manage.py check --deploy --fail-level WARNING
	$(SAY) 'Dockerfile: hadolint'
	@.venv/bin/hadolint Dockerfile
	$(SAY) 'Imports: import-linter'
	@.venv/bin/lint-imports --no-logo

fix: dev-env
	$(SAY) 'ruff --fix'
	@$(PY) -m ruff check --fix .

AUDIT := .venv/audit/bin
audit: audit-code audit-versions

# In tests made-up passwords are words like these; a map and an alphabet look like keys, and what
# is made by a program is passed over.
audit-code: .venv/audit/.env
	$(SAY) 'Risky code: bandit'
	@$(AUDIT)/bandit -q -ll -r manage.py assistant benchmarks drills providers recommendations \
		scripts therapies trupaths 2>/dev/null
	$(SAY) 'Secrets in files: detect-secrets'
	@git ls-files -z | grep -zv '\.lock$$\|\.gz$$\|us_states\.json$$\|weights\.txt$$\|demo_providers\.json$$' | xargs -0 $(AUDIT)/detect-secrets-hook \
		--exclude-secrets '^(a long .*|(sk-)?secret|true|password|scram-sha-256|bare|of two .*)$$' \
		--exclude-lines '(ALPHABET|LETTERS) = |redis://:password@'

# --strict: what could not be looked up is a fault, not a pass.
audit-versions: .venv/audit/.env
	$(SAY) 'Versions with known faults: pip-audit'
	@$(AUDIT)/pip-audit --strict --disable-pip -r requirements-extras.lock || { \
		echo 'Versions were NOT cleared: mend what is listed above; where a version could not be' \
			'looked up, run this again with access to pypi.org.' >&2; exit 1; }

sbom: .venv/audit/.env
	$(SAY) 'Bill of materials: var/sbom.json'
	@mkdir -p var
	@$(AUDIT)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible -o var/sbom.json 2>/dev/null
	@$(PY) scripts/check_sbom.py var/sbom.json requirements.lock

# --universal: one lock for Linux, macOS and Windows and every Python from 3.11.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links
lock: dev-env
	$(SAY) 'requirements.lock, and -extras, -dev, -audit'
	@$(LOCK) pyproject.toml $(ARGS) -o requirements.lock
	@$(LOCK) pyproject.toml $(ARGS) --all-extras -c requirements.lock -o requirements-extras.lock
	@$(LOCK) pyproject.toml $(ARGS) --group dev -c requirements.lock -o requirements-dev.lock
	@$(LOCK) $(ARGS) --group audit -o requirements-audit.lock

env: .venv/.env
dev-env: .venv/.dev-env

.venv/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null || { \
		echo 'TruPaths needs Python 3.11 or newer: $(PYTHON) was not found.' \
			'Install it, or name one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "TruPaths needs Python 3.11 or newer: $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
			'Install a newer one and name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'TruPaths needs the venv module of Python, which is missing.' \
			'Install it (Debian, Ubuntu: apt install python3-venv).' >&2; exit 1; }
	$(SAY) 'Making a virtual environment in .venv'
	@$(PYTHON) -m venv --clear .venv

# Stamps: a start installs only when a lock has changed since.
.venv/.env: requirements.lock | .venv/pyvenv.cfg
	$(SAY) 'Installing what the site needs (once)'
	@$(call INSTALL,requirements.lock)
	@touch $@

# The dev lock holds the other one, so both stamps are set.
.venv/.dev-env: requirements-dev.lock | .venv/pyvenv.cfg
	$(SAY) 'Installing what tests and checks need (once)'
	@$(call INSTALL,requirements-dev.lock)
	@touch .venv/.env $@

.venv/audit/.env: requirements-audit.lock | .venv/.dev-env
	$(SAY) 'Installing the tools of the audit (once)'
	@.venv/bin/uv venv --quiet --clear --python $(PY) .venv/audit
	@.venv/bin/uv pip install --quiet --python $(AUDIT)/python --require-hashes -r $< || { \
		echo 'That did not work; it needs the network, this once.' >&2; exit 1; }
	@touch $@

clean:
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
