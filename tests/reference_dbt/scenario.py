"""Run lists of steps, so that dbt is imported and the project is parsed once for all of them.

`python scenario.py PLAN.json RESULTS.json`. Each line of the plan runs in a fork of its own. A step is
`{"name", "database", "dbt": [arguments]}`, or `{"name", "database", "census": file}`, or
`{"name", "database", "copy": file to make}`. The results say of each dbt step whether it succeeded, the
message of what stopped it, each node's status, and CPU seconds.
"""

from __future__ import annotations

import json
import multiprocessing
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
    # The stem of the file is the database's name, and the manifest keeps the name it was parsed with.
    os.environ["PLANALIGN_DB"] = "planalign.duckdb"
    parsed = dbtRunner().invoke(["parse", *common(plan["target"])])
    assert parsed.success, parsed.exception
    fork = multiprocessing.get_context("fork")
    with fork.Manager() as manager:
        results = manager.dict()
        lines = [
            fork.Process(
                target=run_line, args=(steps, parsed.result, common(f"{plan['target']}-{line}"), results)
            )
            for line, steps in plan["lines"].items()
        ]
        for process in lines:
            process.start()
        for process in lines:
            process.join()
        assert [process.exitcode for process in lines] == [0] * len(lines)
        Path(results_file).write_text(json.dumps(dict(results)))


def common(target: str) -> list[str]:
    return [
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", target, "--log-path", target),
        *("--quiet", "--log-level", "none", "--log-level-file", "none"),
    ]


def run_line(steps: list[dict[str, Any]], manifest: Any, arguments: list[str], results: Any) -> None:
    for step in steps:
        results[step["name"]] = run(step, manifest, arguments)


def run(step: dict[str, Any], manifest: Any, arguments: list[str]) -> dict[str, Any]:
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
    outcome = dbtRunner(manifest=manifest).invoke([*step["dbt"], *arguments])
    nodes = getattr(outcome.result, "results", None) or []
    return {
        "success": outcome.success,
        "cpu_seconds": round(time.process_time() - started, 2),
        "message": str(outcome.exception or ""),
        "nodes": {node.node.unique_id: str(node.status) for node in nodes},
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
