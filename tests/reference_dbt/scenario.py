"""Run a list of steps in one process, so that dbt is imported and the project is parsed once.

`python scenario.py PLAN.json RESULTS.json`. A step is `{"name", "database", "dbt": [arguments]}`, or
`{"name", "database", "census": file}`, or `{"name", "database", "copy": file to make}`. The results say of
each dbt step whether it succeeded, the message of what stopped it, each node's status, and CPU seconds.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
from dbt.cli.main import dbtRunner

PROJECT = Path(__file__).resolve().parents[2] / "dbt"


def main(plan_file: str, results_file: str) -> None:
    plan = json.loads(Path(plan_file).read_text())
    common = [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", plan["target"], "--log-path", plan["target"]),
        *("--quiet", "--log-level", "none", "--log-level-file", "none"),
    ]
    os.environ["PLANALIGN_DB"] = plan["steps"][0]["database"]
    parsed = dbtRunner().invoke(["parse", *common])
    assert parsed.success, parsed.exception
    results = {step["name"]: run(step, parsed.result, common) for step in plan["steps"]}
    Path(results_file).write_text(json.dumps(results))


def run(step: dict[str, Any], manifest: Any, common: list[str]) -> dict[str, Any]:
    if "census" in step:
        with duckdb.connect(step["database"]) as connection:
            connection.execute("create schema if not exists raw")
            connection.execute(
                f"create or replace table raw.census as select * from read_parquet('{step['census']}')"
            )
        return {}
    if "copy" in step:
        with duckdb.connect(step["database"]) as connection:
            connection.execute("checkpoint")
        Path(step["copy"]).write_bytes(Path(step["database"]).read_bytes())
        return {}
    os.environ["PLANALIGN_DB"] = step["database"]
    started = time.process_time()
    outcome = dbtRunner(manifest=manifest).invoke([*step["dbt"], *common])
    nodes = getattr(outcome.result, "results", None) or []
    return {
        "success": outcome.success,
        "cpu_seconds": round(time.process_time() - started, 2),
        "message": str(outcome.exception or ""),
        "nodes": {node.node.unique_id: str(node.status) for node in nodes},
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
