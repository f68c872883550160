"""The hand-made example: a Dagster project and the Prefect project it becomes, run side by side."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

Reports = dict[str, list[dict[str, Any]]]

GOOD = [(1, "bread", 2), (2, "cake", 1), (3, "bread", 4)]
RUNS = {
    "warnings": ("2026", 1.5, [*GOOD, (4, "roll", 7)]),  # a large quantity, and an unusual product
    "failing dbt test": ("2027", 1.0, [*GOOD, (4, "pie", 1)]),  # no such product
    "failing blocking check": ("2027", 1.0, []),
}


def environment(folder: Path, api: str) -> dict[str, str]:
    places = {"DB": "bakery.duckdb", "DBT": "dbt", "STORE": "store", "INBOX": "inbox"}
    return {
        **os.environ,
        **{f"BAKERY_{name}": str(folder / place) for name, place in places.items()},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(folder),
        "DAGSTER_HOME": str(folder / "home"),
        "PREFECT_HOME": str(folder / "home"),
        "PREFECT_API_URL": api,
    }


@pytest.fixture(scope="module")
def reports(
    tmp_path_factory: pytest.TempPathFactory,
    golden: Path,
    parsed_dbt: Path,
    carry: Callable[[Path], None],
    prefect_api: str,
) -> Reports:
    """What both sides left after each run; the two sides run at the same time."""
    folders = {name: tmp_path_factory.mktemp("golden") / name for name in ("before", "after")}
    started = {}
    for name, folder in folders.items():
        shutil.copytree(golden / name, folder)
        shutil.copytree(parsed_dbt, folder / "dbt")
        for empty in ("home", "inbox"):
            (folder / empty).mkdir()
    carry(folders["after"])
    for name, folder in folders.items():
        with (folder / "log").open("w") as log:
            started[name] = subprocess.Popen(
                [sys.executable, f"{golden}/run_{name}.py", json.dumps(list(RUNS.values())), "report.json"],
                cwd=folder,
                env=environment(folder, prefect_api),
                stdout=log,
                stderr=log,
            )
    for name, process in started.items():
        assert process.wait(300) == 0, (folders[name] / "log").read_text()[-4000:]
    return {name: json.loads((folder / "report.json").read_text()) for name, folder in folders.items()}


@pytest.mark.parametrize("run", RUNS)
def test_both_sides_agree_on_data_verdicts_and_result(reports: Reports, run: str) -> None:
    place = list(RUNS).index(run)
    old, new = reports["before"][place], reports["after"][place]
    assert new["success"] is old["success"], new["message"]
    assert new["success"] is ("failing" not in run)
    assert new["checks"] == old["checks"]
    assert new["tables"] == old["tables"]
    assert new["files"] == old["files"]


@pytest.mark.parametrize("run", RUNS)
def test_both_sides_run_and_stop_the_same_steps(reports: Reports, run: str) -> None:
    place = list(RUNS).index(run)
    old, new = reports["before"][place], reports["after"][place]
    spelt = {
        "raw_orders_orders_exist": "orders_exist",
        "raw_orders_quantities_are_small": "quantities_are_small",
        "marts__announcement": "announcement",
    }
    ended = {"STEP_SUCCESS": "done", "STEP_FAILURE": "failed", "STEP_SKIPPED": "stopped"}
    legacy = {spelt.get(step, step): ended.get(event, event) for step, event in old["steps"].items()}
    named = {"Failed": "failed", "NotReady": "stopped"}
    target = {step: named.get(state, "done") for step, state in new["steps"].items()}
    assert target == {**dict.fromkeys(target, "stopped"), **legacy}


def test_the_runs_did_what_their_names_say(reports: Reports) -> None:
    warnings, dbt, blocking = reports["after"]
    assert [check[1] for check in warnings["checks"] if not check[2]] == [
        "accepted_values_fct_sales_product__bread__cake",
        "amounts_are_round",
        "quantities_are_small",
    ]
    assert {row[0] for row in warnings["tables"]["fct_sales"]} == {"bread", "cake", "roll"}
    assert "relationships_stg_orders" in dbt["message"]
    assert "skipped: sales_checks, sales_summary, year_figures, announcement" in dbt["message"]
    assert blocking["message"] == (
        "failed: orders_exist (CheckFailed: blocking check failed with severity ERROR: "
        "asset://raw_orders orders_exist), quantities_are_small (TypeError: '<' not supported between "
        "instances of 'NoneType' and 'int'); skipped: bakery_models, sales_checks, sales_summary, "
        "year_figures, announcement"
    )
    assert sorted(warnings["files"]) == ["sales_summary/2026.csv"]
