"""A Dagster project over as many generated dbt models as asked for, and its migration.

The models stand in layers of eight; each is incremental by year, joins two of the layer before and has two
tests, so that a model costs about as much as the reference's small ones. The variables of the environment
are the reference's: the same programs run both.
"""

from __future__ import annotations

from pathlib import Path

WIDTH = 8

MIGRATION = """\
schema = 1
name = "grown"

[legacy]
root = "legacy"
module = "grown.definitions"
job = "simulate_year"

[target]
root = "target"
flow = "grown.definitions:simulate_year"
parameters = { partition_key = "{year}" }

[input]
freeze = ["dbt", "data"]

[environment]
PLANALIGN_DB = "{side}/planalign.duckdb"
PLANALIGN_CENSUS = "{work}/data/census.parquet"
PLANALIGN_DBT = "{work}/dbt"

[prepare]
commands = [
  ["{python}", "-m", "dbt.cli.main", "--quiet", "parse",
   "--project-dir", "{work}/dbt", "--profiles-dir", "{work}/dbt"],
]

[outputs]
database = "{side}/planalign.duckdb"
year_column = "simulation_year"
schemas = ["main"]

[phases.1]
title = "Growth"
years = [2025]
expect_tables = 1
"""

DEFINITIONS = '''\
"""A census and the models made of it, year by year."""

import json
import os
from pathlib import Path

import duckdb
from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetSelection,
    Definitions,
    StaticPartitionsDefinition,
    asset,
    define_asset_job,
)
from dagster_dbt import DbtCliResource, dbt_assets

PROJECT = Path(os.environ.get("PLANALIGN_DBT", Path(__file__).resolve().parents[2] / "dbt"))
years = StaticPartitionsDefinition(["2025", "2026", "2027", "2028", "2029", "2030"])


@asset(key=AssetKey("raw_census"))
def raw_census() -> None:
    """The census as a table."""
    with duckdb.connect(os.environ["PLANALIGN_DB"]) as connection:
        connection.execute("create schema if not exists raw")
        census = "create or replace table raw.census as select * from read_parquet($1)"
        connection.execute(census, [os.environ["PLANALIGN_CENSUS"]])


@dbt_assets(manifest=PROJECT / "target" / "manifest.json", partitions_def=years)
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    variables = {"simulation_year": int(context.partition_key), "start_year": 2025}
    yield from dbt.cli(["build", "--vars", json.dumps(variables)], context=context).stream()


simulate_year = define_asset_job("simulate_year", selection=AssetSelection.all(), partitions_def=years)

defs = Definitions(
    assets=[raw_census, models],
    jobs=[simulate_year],
    resources={"dbt": DbtCliResource(project_dir=str(PROJECT), profiles_dir=str(PROJECT))},
)
'''

PROJECT = """\
name: grown
version: 1.0.0
config-version: 2
profile: grown
model-paths: [models]
flags: {send_anonymous_usage_stats: false}
vars: {simulation_year: 2025, start_year: 2025}
models:
  grown:
    +materialized: incremental
    +incremental_strategy: delete+insert
    +unique_key: simulation_year
"""

PROFILE = """\
grown:
  target: local
  outputs:
    local: {type: duckdb, path: "{{ env_var('PLANALIGN_DB') }}", schema: main, threads: 2}
"""

SOURCES = """\
sources:
  - name: raw
    tables:
      - name: census
        meta: {dagster: {asset_key: [raw_census]}}
models:
"""

FIRST = """\
select {{ var('simulation_year') }} as simulation_year, employee_id, (employee_id * %d) %% 1009 as amount
from {{ source('raw', 'census') }}
"""

LATER = """\
select one.simulation_year, one.employee_id, (one.amount * 7 + other.amount + %d) %% 1009 as amount
from {{ ref('%s') }} as one
join {{ ref('%s') }} as other using (simulation_year, employee_id)
where one.simulation_year = {{ var('simulation_year') }}
"""

CENSUS = "copy (select range as employee_id from range(1000)) to '{}' (format parquet)"


def make(folder: Path, models: int) -> None:
    """Write the project into `folder`, which is new; `migrate convert` makes its target."""
    import duckdb

    for name in ("legacy/grown", "dbt/models", "data"):
        (folder / name).mkdir(parents=True)
    (folder / "migration.toml").write_text(MIGRATION)
    (folder / "legacy" / "grown" / "__init__.py").write_text("")
    (folder / "legacy" / "grown" / "definitions.py").write_text(DEFINITIONS)
    (folder / "dbt" / "dbt_project.yml").write_text(PROJECT)
    (folder / "dbt" / "profiles.yml").write_text(PROFILE)
    schema = SOURCES
    for number in range(models):
        name = f"model_{number:04}"
        (folder / "dbt" / "models" / f"{name}.sql").write_text(_sql(number))
        schema += f"  - name: {name}\n    columns:\n"
        schema += "      - {name: employee_id, data_tests: [not_null]}\n"
        schema += "      - {name: amount, data_tests: [not_null]}\n"
    (folder / "dbt" / "models" / "schema.yml").write_text(schema)
    with duckdb.connect() as connection:
        connection.execute(CENSUS.format(folder / "data" / "census.parquet"))


def _sql(number: int) -> str:
    if number < WIDTH:
        return FIRST % (number + 3)
    layer = number // WIDTH * WIDTH
    above = [layer - WIDTH + (number * step) % WIDTH for step in (1, 3)]
    if above[0] == above[1]:
        above[1] = layer - WIDTH + (above[0] + 1) % WIDTH
    return LATER % (number, *(f"model_{at:04}" for at in above))
