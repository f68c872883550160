"""A headcount simulated year by year, each from the last, in Dagster. `python dagster_side.py` runs it."""

import json
import os
import tempfile
from pathlib import Path

import dagster as dg

STORE = Path(os.environ.get("STORE") or tempfile.mkdtemp())
YEARS = dg.StaticPartitionsDefinition(["2025", "2026", "2027"])


@dg.asset(partitions_def=YEARS)
def headcount(context: dg.AssetExecutionContext) -> None:
    year = int(context.partition_key)
    before = 100 if year == 2025 else json.loads((STORE / f"{year - 1}.json").read_text())
    (STORE / f"{year}.json").write_text(json.dumps(before + before // 10))


if __name__ == "__main__":
    made = {}
    alone = dg.materialize([headcount], partition_key="2026", raise_on_error=False)
    for year in YEARS.get_partition_keys():
        dg.materialize([headcount], partition_key=year)
        made[year] = json.loads((STORE / f"{year}.json").read_text())
    print(json.dumps({"headcount": made, "2026_before_2025": alone.success}))
