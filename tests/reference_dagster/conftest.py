"""One real run of the reference project a session: the asset job and the op job side by side."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEGACY = ROOT / "dagster_legacy"
RUNNER = Path(__file__).with_name("run_reference.py")
OP_VARIABLES = {
    "simulation_year": 2025,
    "random_seed": 42,
    "target_growth_rate": 0.03,
    "total_termination_rate": 0.12,
    "new_hire_termination_rate": 0.25,
    "cola_rate": 0.025,
    "merit_budget_pct": 0.035,
}
PATIENCE = 900  # seconds: an idle machine needs a tenth of it, a crowded one half


@dataclass(frozen=True)
class Side:
    """One process that ran the project: what it said, and where it wrote."""

    said: dict[str, Any]
    database: Path
    store: Path


@dataclass(frozen=True)
class Reference:
    """Both ways through the same year."""

    assets: Side
    ops: Side
    manifest: dict[str, Any]


def environment(folder: Path, side: str) -> dict[str, str]:
    """Everything the project reads from its environment, in a folder of that side's own."""
    home = folder / side / "home"
    home.mkdir(parents=True)
    (home / "dagster.yaml").touch()
    return {
        **os.environ,
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DAGSTER_HOME": str(home),
        "PLANALIGN_DB": str(folder / side / "planalign.duckdb"),
        "PLANALIGN_STORE": str(folder / side / "store"),
        "PLANALIGN_CENSUS": str(folder / "census.parquet"),
        "PLANALIGN_DBT": str(folder / "dbt"),
    }


def prepare(folder: Path, env: dict[str, str]) -> None:
    """A copy of the dbt project with its manifest, and a small census.

    dbt is asked to parse as the op job will: with the same variables and the same database it
    reads what it parsed, and each of the job's processes is three seconds shorter.
    """
    shutil.copytree(ROOT / "dbt", folder / "dbt", ignore=shutil.ignore_patterns("target", "logs"))
    census = [str(LEGACY / "scripts" / "generate_census.py"), "--employees", "1000"]
    # absolute: dbt keeps the path in what it parsed, and the job starts it in another folder
    dbt = str(folder / "dbt")
    parse = ["-m", "dbt.cli.main", "--quiet", "parse", "--project-dir", dbt, "--profiles-dir", dbt]
    parse += ["--vars", json.dumps(OP_VARIABLES)]
    for command in ([*census, "--out", "census.parquet"], parse):
        subprocess.run(
            [sys.executable, *command], cwd=folder, env=env, check=True, capture_output=True, timeout=PATIENCE
        )


def start(folder: Path, side: str, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    with (folder / f"{side}.log").open("wb") as log:
        answer = folder / side / "said.json"
        command = [sys.executable, str(RUNNER), str(LEGACY), str(answer), side]
        return subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT)


def finish(folder: Path, side: str, process: "subprocess.Popen[bytes]") -> Side:
    assert process.wait(PATIENCE) == 0, (folder / f"{side}.log").read_text()[-4000:]
    said = json.loads((folder / side / "said.json").read_text())
    return Side(said, folder / side / "planalign.duckdb", folder / side / "store")


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    folder = tmp_path_factory.mktemp("reference")
    environments = {side: environment(folder, side) for side in ("assets", "ops")}
    prepare(folder, environments["ops"])
    processes = {side: start(folder, side, env) for side, env in environments.items()}
    try:
        sides = {side: finish(folder, side, process) for side, process in processes.items()}
    finally:
        for process in processes.values():
            process.kill()
            process.wait()
    manifest = json.loads((folder / "dbt" / "target" / "manifest.json").read_text())
    return Reference(sides["assets"], sides["ops"], manifest)
