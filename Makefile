# make run    set up, serve the demonstration directory on http://127.0.0.1:8000, and work off its jobs (PORT=8080 make run: another port)
# make test   set up, and run every test (JOBS=4 make test: with more processes)
# make lighthouse  set up, and let Lighthouse judge the main pages as on a slow phone (asks the npm registry)
# make handbook  set up, and take the pictures of the administrator's handbook
# make check  set up, and check style, types, layers and migrations
# make translations  collect what the pages say into finder/translations, for a translator to go through
# make promises  set up, keep every promise and write down what was seen (docs/promises.md); takes most of an hour, as root
# make security  set up, and let scanners and attacks of our own at it (docs/security.md); asks the registries for known weaknesses
# make load   set up, and send simulated people to the service
# make bench  set up, and measure the search beside other designs (docs/performance)

PORT ?= 8000
JOBS ?= 2
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

FRONTEND := $(wildcard finder/frontend/*) $(wildcard finder/frontend/*/*)
MESSAGES := finder/translations/es/LC_MESSAGES/messages
UV_VERSION := 0.13.9
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

.PHONY: help run test lighthouse handbook check bench promises load security setup setup-dev test-programs requirements translations clean

help:
	@sed -n 's/^# make/make/p' Makefile

run: setup
	finder db upgrade
	finder seed
	@echo
	@echo "finder is at http://127.0.0.1:$(PORT)/ and stops with Ctrl+C"
	@exec python deploy/run.py

bench: setup
	benchmarks/setup.sh
	benchmarks/.venv/bin/python -m benchmarks.run 20000 150000

promises: setup-dev test-programs
	benchmarks/setup.sh
	python -m benchmarks.promises

load: setup-dev
	benchmarks/setup.sh
	python -m benchmarks.load.run

security: setup-dev
	benchmarks/security/setup.sh
	nice -n 15 python -m benchmarks.security

lighthouse: setup-dev test-programs
	python -m tests.lighthouse

handbook: setup-dev test-programs
	python -m tests.handbook

test: setup-dev test-programs
	pytest -n $(JOBS)

check: setup-dev
	ruff check .
	ruff format --check .
	mypy
	lint-imports --no-logo
	@echo "finder db check: do the migrations lead to the models?"
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export FINDER_DATABASE_URL="sqlite:///$$folder/check.db" \
	  && finder db upgrade && finder db check

setup: .venv/.run finder/static/build/manifest.json $(MESSAGES).mo
setup-dev: .venv/.dev finder/static/build/manifest.json $(MESSAGES).mo

test-programs:
	@sh deploy/setup.sh test-programs

.venv/.created:
	@sh deploy/setup.sh venv
	@touch $@

# The project itself is linked in without dependencies and without a build of its own: nothing comes in unhashed.
.venv/.run: .venv/.created requirements.txt pyproject.toml
	python -m pip install --quiet --require-hashes -r requirements.txt
	python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements-dev.txt
	python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.node: .venv/.created requirements-node.txt
	@sh deploy/setup.sh node
	@touch $@

node_modules/.package-lock.json: .venv/.node package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

finder/static/build/manifest.json: node_modules/.package-lock.json $(FRONTEND)
	npm run --silent build
	@touch $@

%.mo: %.po .venv/.run
	pybabel --quiet compile --input-file $< --output-file $@

# Without places in the code, which would change with every line that moves.
translations: setup-dev
	pybabel --quiet extract --mapping-file finder/translations/babel.cfg --keywords lazy_gettext --no-location \
	  --sort-output --omit-header --output-file finder/translations/messages.pot finder
	pybabel --quiet update --input-file finder/translations/messages.pot --output-dir finder/translations \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	rm finder/translations/messages.pot

requirements: .venv/.created
	python -m pip install --quiet uv==$(UV_VERSION)
	$(LOCK) --group build pyproject.toml -o requirements.txt
	$(LOCK) --group build --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf .venv node_modules finder/static/build $(MESSAGES).mo *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
