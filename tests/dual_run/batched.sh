#!/bin/sh
# Calls of dbt made fewer are accepted by a dual run that makes them, and by nothing else: `make batched`.
set -eu

rm -rf build/batched
mkdir -p build/batched/data
cp -R dagster_legacy dbt migration.toml build/batched
cd build/batched
python dagster_legacy/scripts/generate_census.py --employees 1000 --out data/census.parquet
migrate convert dagster_legacy --out prefect_target --batch-dbt
migrate verify

# this job does not run the function whose calls became fewer: red, for that reason alone
migrate dual-run --phase 1
if migrate gate --phase 1; then exit 1; fi

# the job that does, on both sides
sed -e '/^job = /c\
job = "multi_year_simulation"\
run_config = { ops = { plan_years = { config = { start_year = 2025, end_year = 2025 } } } }' \
  -e 's/^flow = .*/flow = "planalign.jobs:multi_year_simulation"/' \
  -e 's/^parameters = { partition_key.*/parameters = { plan_years_config = { start_year = "{year}", end_year = "{year}" } }/' \
  migration.toml > batched.toml
migrate verify --config batched.toml
migrate dual-run --phase 1 --config batched.toml
migrate gate --phase 1 --config batched.toml
