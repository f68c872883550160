"""One set of dbt runs for the whole folder: two lines side by side, some 40 CPU seconds together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "dagster_legacy" / "scripts" / "generate_census.py"
QUIET = {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
YEARS = range(2025, 2031)
STAGES = ("staging", "foundation", "hazards", "events", "accounting", "marts")

# Every var with another value, in two runs, so that each can be seen in a result of its own.
OTHER_VARS = {
    "total_termination_rate": 0.2,
    "target_growth_rate": 0.1,
    "new_hire_termination_rate": 0.4,
    "cola_rate": 0.05,
    "merit_budget_pct": 0.02,
    "promotion_increase_pct": 0.4,
    "eligibility_waiting_days": 0,
    "auto_enroll": False,
    "match_rate": 1,
    "match_cap_pct": 0.04,
}
OTHER_SEED = {"random_seed": 7, "default_deferral_rate": 0.05}
NO_HIRES = {"target_growth_rate": -0.4}

REFUSED = {
    "before 2000": {"simulation_year": 1999},
    "after 2100": {"simulation_year": 2101},
    "not a year": {"simulation_year": "soon"},
    "before start_year": {"simulation_year": 2024},
    "no previous year": {"simulation_year": 2027},
    "impossible rate": {"total_termination_rate": 1.2},
}


def with_vars(command: list[str], **values: Any) -> list[str]:
    return [*command, "--vars", json.dumps(values)]


@dataclass(frozen=True)
class Simulated:
    """The databases of the runs, the outcome of each step, and the folder with dbt's manifest."""

    folder: Path
    steps: dict[str, dict[str, Any]]

    def database(self, name: str) -> Path:
        return self.folder / name / "planalign.duckdb"

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "target" / "manifest.json").read_text())


def long_plan(folder: Path) -> list[dict[str, Any]]:
    """Six years in one database; the last one with every data test, which reads all six."""
    database = {"database": str(folder / "long" / "planalign.duckdb")}
    quick = ["build", "--exclude-resource-type", "test"]
    steps = [{"name": "long census", **database, "census": str(folder / "census.parquet")}]
    for year in YEARS:
        command = ["build"] if year == YEARS[-1] else quick
        steps.append({"name": f"long {year}", **database, "dbt": with_vars(command, simulation_year=year)})
        if year == 2026:
            steps.append({"name": "copy", **database, "copy": str(folder / "long2026" / "planalign.duckdb")})
    return steps


def short_plan(folder: Path) -> list[dict[str, Any]]:
    """Two years again, the first stage by stage; then what changes when a year is repeated or varied."""
    database = {"database": str(folder / "short" / "planalign.duckdb")}
    quick = ["build", "--exclude-resource-type", "test"]
    again = [*quick, "--exclude", "tag:seeds tag:staging"]
    calculation = [
        "run",
        "--select",
        "tag:foundation tag:hazards tag:events tag:accounting fct_workforce_snapshot fct_headcount_walk",
    ]
    hiring = ["run", "--select", "tag:events int_employee_event_stream fct_yearly_events"]

    def copied(name: str) -> tuple[dict[str, Any], dict[str, str]]:
        copy = str(folder / name / "planalign.duckdb")
        return {"name": f"copy {name}", **database, "copy": copy}, {"database": copy}

    steps: list[dict[str, Any]] = [
        {"name": "short census", **database, "census": str(folder / "census.parquet")}
    ]
    steps += [
        {"name": f"refused: {name}", **database, "dbt": with_vars(quick, **values)}
        for name, values in REFUSED.items()
    ]
    steps.append({"name": "after refusals", **copied("refused")[0]})
    commands = [["seed"], *(["run", "--select", f"tag:{tag}"] for tag in STAGES), ["snapshot"]]
    commands.append(["run", "--select", "tag:monitoring"])
    steps += [{"name": " ".join(command), **database, "dbt": command} for command in commands]
    variants = {
        "other": (calculation, OTHER_VARS),
        "reseeded": (calculation, OTHER_SEED),
        "shrink": (hiring, NO_HIRES),
    }
    for name, (command, values) in variants.items():
        copy, varied = copied(name)
        steps += [copy, {"name": name, **varied, "dbt": with_vars(command, **values)}]
    steps.append({"name": "short 2026", **database, "dbt": with_vars(quick, simulation_year="2026")})
    copy, repeated = copied("again")
    refresh = with_vars(["run", "--full-refresh"], simulation_year=2026)
    steps += [copy, {"name": "again", **repeated, "dbt": with_vars(again, simulation_year=2026)}]
    return [*steps, {"name": "full refresh", **repeated, "dbt": refresh}]


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    folder = tmp_path_factory.mktemp("reference_dbt")
    for name in ("long", "long2026", "short", "refused", "again", "other", "reseeded", "shrink"):
        (folder / name).mkdir()
    census = folder / "census.parquet"
    subprocess.run([sys.executable, GENERATOR, "--out", census], check=True, capture_output=True)
    plan, results = folder / "plan.json", folder / "results.json"
    lines = {"long": long_plan(folder), "short": short_plan(folder)}
    plan.write_text(json.dumps({"target": str(folder / "target"), "lines": lines}))
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name("scenario.py"), plan, results],
        env={**os.environ, **QUIET},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = json.loads(results.read_text())
    return Simulated(folder, steps)


@pytest.fixture(scope="session")
def six_years(simulated: Simulated) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(simulated.database("long")), read_only=True) as connection:
        yield connection
