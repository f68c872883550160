"""The floor: the same census and the same years with bare dbt in one process, one manifest, one call a year.

usage: bare_dbt.py YEAR [YEAR …]     with the reference's PLANALIGN_* variables set
"""

from __future__ import annotations

import json
import os
import sys

import duckdb
from dbt.adapters.factory import reset_adapters
from dbt.cli.main import dbtRunner


def main(years: list[int]) -> int:
    """Load the census, parse once, build each year."""
    project = os.environ["PLANALIGN_DBT"]
    place = ["--project-dir", project, "--profiles-dir", project, "--quiet"]
    load_census()
    manifest = dbtRunner().invoke(["parse", *place]).result
    for year in years:
        variables = json.dumps({"simulation_year": year, "start_year": years[0]})
        # dbt changes the manifest it is given while it compiles; a copy keeps the next year clean
        result = dbtRunner(manifest=manifest).invoke(["build", *place, "--vars", variables])
        reset_adapters()
        if not result.success:
            return 1
    return 0


def load_census() -> None:
    """What the pipeline's first asset does: the census as a table."""
    with duckdb.connect(os.environ["PLANALIGN_DB"]) as connection:
        connection.execute("create schema if not exists raw")
        connection.execute(
            "create table raw.census as select * from read_parquet($1)", [os.environ["PLANALIGN_CENSUS"]]
        )


if __name__ == "__main__":
    sys.exit(main([int(year) for year in sys.argv[1:]]))
