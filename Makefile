# Everything starts from python3 alone. `make install` leaves .venv with `migrate` in it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# No tool we start may phone home.
export DAGSTER_DISABLE_TELEMETRY = yes
export DO_NOT_TRACK = 1
export DBT_SEND_ANONYMOUS_USAGE_STATS = false
export GX_ANALYTICS_ENABLED = false
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.PHONY: reference help install test test-fast lint demo census bench docs site tutorial training wheel notices faults soak corpus elt parity-matrix target soak-years soak-reference lock path shadow scale ray clean openlineage sarif batched

help:            ## this list
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

install: $(STAMP) ## a virtual environment with everything pinned by hash

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "changeover needs Python 3.11, 3.12 or 3.13; this is " + sys.version.split()[0] + ". Choose another: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --require-hashes --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q migrate shims validation  # where PYTHONDONTWRITEBYTECODE is set nobody else does it
	@touch $@

# Three workers on two cores: real servers are waited for more than they compute.
test: install    ## everything: lint, types, contracts, unit tests, real Dagster, Prefect and dbt
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 3

test-fast: install ## without the tests that start real orchestrators
	$(BIN)/python -m pytest -n 2 -m "not real"

lint: install    ## ruff, mypy strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

demo: census     ## convert, dual-run 2025, gate and sign phase 1 of the reference project
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh demo.sh

census: install  ## the reference's input: 5,000 employees, seeded
	@[ -f data/census.parquet ] || $(BIN)/python dagster_legacy/scripts/generate_census.py --out data/census.parquet

bench: census    ## ratios against a floor, measured side by side; writes build/bench.json
	$(BIN)/python tests/bench/run.py

docs: install    ## the pages that the code knows better (constructs, reference); tests check that nothing differs
	$(BIN)/migrate rules --markdown > docs/mapping.md
	$(BIN)/python -m docsite

site: install    ## the documentation as pages that need no server: build/site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

tutorial:        ## the wheel in an empty environment, then docs/tutorial.md to its end, block by block; PYTHON=… chooses the interpreter
	$(PYTHON) -m docsite.follow docs/tutorial.md

wheel: install   ## dist/changeover-*.whl
	$(BIN)/python -m hatchling build -t wheel -d dist

notices: install ## THIRD_PARTY.md, of the metadata of what requirements.lock pins; a test checks that nothing differs
	$(BIN)/python -m docsite.notices > THIRD_PARTY.md

faults: install  ## docs/dual-run-faults.md from what the fault tests observe now
	CHANGEOVER_WRITE_FAULTS=1 $(BIN)/python -m pytest -q tests/dual_run/test_faults.py tests/dual_run/test_faults_of_dagster.py

soak: install    ## 20 dual runs in a row, half of them killed: nothing may be left behind (10 to 20 minutes)
	$(BIN)/python tests/dual_run/soak.py

openlineage: install ## the reference's OpenLineage events against the published schemas: make openlineage SCHEMA=…/OpenLineage/spec
	$(BIN)/migrate lineage --format openlineage --out .changeover/events.jsonl
	$(BIN)/python tests/lineage/published_schema.py "$(SCHEMA)" .changeover/events.jsonl

sarif: install   ## the reference's SARIF log against the published schema: make sarif SCHEMA=…/sarif-schema-2.1.0.json
	$(BIN)/migrate convert dagster_legacy --out .changeover/sarif-target --sarif .changeover/convert.sarif >/dev/null
	$(BIN)/python tests/converter/published_sarif.py "$(SCHEMA)" .changeover/convert.sarif

corpus: install  ## what becomes of other people's projects, a row each: make corpus DIR=folder [JSON=file]
	$(BIN)/python -m shims.corpus $(DIR) $(if $(JSON),--json $(JSON))

elt: install     ## assets of dlt and Sling against Dagster's own, and dlt's own pipeline in a Prefect task
	$(BIN)/pip install --quiet --disable-pip-version-check --target build/elt 'dlt[duckdb]' dagster-dlt dagster-sling
	CHANGEOVER_ELT=$(CURDIR)/build/elt $(BIN)/python -m pytest -q tests/support/test_loaders.py

parity-matrix: install ## docs/parity-matrix.md: every kind of difference, and who sees it
	$(BIN)/python -c 'import datacompy, polars' || $(BIN)/pip install --quiet --disable-pip-version-check 'datacompy>=1' 'polars>=1'
	$(BIN)/python tests/bench/parity_matrix.py

target: install  ## convert dagster_legacy again; a test checks that nothing differs
	$(BIN)/migrate convert dagster_legacy --out prefect_target

soak-years: install ## kill six years at 200 random moments, 45 times on a full disk; nothing may be lost
	CHANGEOVER_KILLS=200 CHANGEOVER_FULL_DISKS=40 CHANGEOVER_REAL_DISKS=5 $(BIN)/python -m pytest -q -s tests/support/test_backfill.py -k killed

soak-reference: install ## kill six years of the reference itself 5 times; nothing may be lost (5 to 20 minutes)
	CHANGEOVER_REFERENCE_KILLS=5 $(BIN)/python -m pytest -q -s tests/support/test_backfill.py -k reference_itself

reference: install ## the reference's op job as it is, nine dbt processes a year, beside its assets (three CPU minutes)
	CHANGEOVER_LONG=1 $(BIN)/python -m pytest tests/reference_dagster

training: install ## the training with all Dagster sides, that of dbt too, which the tests only compare by digest
	CHANGEOVER_LONG=1 $(BIN)/python -m pytest tests/training

batched: install ## calls of dbt made fewer: the gate is red until a dual run makes them, and green then (5 to 15 minutes)
	PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/dual_run/batched.sh

lock: install    ## newest versions that fit, pinned by hash, no index address
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-header --no-annotate --extra dev pyproject.toml requirements.in -o requirements.lock

shadow: install  ## both schedulers for some minutes: ticks, a kill, a restart, a red tick
	CHANGEOVER_LONG=1 $(BIN)/python -m pytest tests/routing/test_shadow.py tests/routing/test_shadow_days.py

scale: install   ## sweeps of scenarios on a Dask cluster and on a work pool, with a lost worker
	CHANGEOVER_LONG=1 $(BIN)/python -m pytest tests/support/test_sweep.py

ray: install     ## the sweep with a lost worker on Ray, which it installs
	$(BIN)/python -c 'import prefect_ray' || $(BIN)/pip install --quiet --disable-pip-version-check prefect-ray
	$(BIN)/python -m pytest -q tests/support/test_sweep.py -k ray

path: install    ## the whole path on the reference, bridges, proxies, schedulers (about 10 CPU minutes)
	CHANGEOVER_LONG=1 $(BIN)/python -m pytest tests/routing

.PHONY: screenshots dashboard-fixture

screenshots: install ## docs/dashboard-*.png, taken by the tests in Chromium: look at each of them
	CHANGEOVER_SCREENSHOTS=1 $(BIN)/python -m pytest -q tests/dashboard/test_screenshots.py

dashboard-fixture: install ## what the dashboard's tests show, from a migrated project: make dashboard-fixture DIR=folder HOMES="…"
	$(BIN)/python tests/dashboard/make_fixture.py $(DIR) $(HOMES)

clean:           ## everything made by the other targets
	rm -rf $(VENV) build dist .changeover data dbt/target dbt/logs
