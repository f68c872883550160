#!/bin/sh
# Phase 1 of the reference migration, end to end, with real Dagster, Prefect, dbt and DuckDB.
set -eu

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n%s\n' "$*"; }

say "1/6  a census of 5,000 employees (seeded: the same bytes every time)"
ls -l data/census.parquet | awk '{print "     " $NF ", " $5 " bytes"}'

say "2/6  convert: dagster_legacy/ -> prefect_target/"
migrate convert dagster_legacy --out prefect_target

say "3/6  verify: the graph Dagster loads against the graph Prefect loads"
migrate verify

say "4/6  dual run: both orchestrators on the same frozen census, year 2025"
migrate dual-run --phase 1

say "5/6  gate: Great Expectations decides"
gate=0
migrate gate --phase 1 || gate=$?

say "6/6  sign-off report"
migrate sign-off --phase 1 || gate=$?
exit "$gate"
