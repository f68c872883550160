"""A small finished migration on disk: two real DuckDB files, and every evidence file the gate reads."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from migrate import files
from migrate.config import load
from shims.freeze import fingerprint
from validation import report_build, report_write
from validation.decision import Decision, decide

os.environ["GX_ANALYTICS_ENABLED"] = "false"

RUN = "20250601T120000-aaaa"
TODAY = dt.date(2025, 6, 1)
SETTINGS = """\
schema = 1
name = "tiny"

[legacy]
root = "old"
module = "tiny.definitions"
job = "simulate_year"

[target]
root = "new"
flow = "tiny.jobs:simulate_year"

[input]
freeze = ["data/census.csv"]

[outputs]
database = "{side}/tiny.duckdb"
year_column = "simulation_year"
keys = { fct_pay = ["simulation_year", "employee"] }
ignore = [{ table = "fct_pay", column = "loaded_at", reason = "the clock of the load" }]
allow_empty = [{ table = "mon_alerts", reason = "no alert is a good year" }]

[phases.1]
title = "Proof of concept"
years = [2025, 2026]
expect_tables = 4
cpu_ratio = 1.0
parameters = { other_year = 2027, impossible_year = 1999 }
"""
CHECKS = (("fct_pay", "not_null_employee", True), ("fct_pay", "pay_is_plausible", False))


@dataclass
class Project:
    """The migration's folder, and the ways in which a test breaks it."""

    root: Path

    @property
    def run(self) -> Path:
        return self.root / ".changeover" / "runs" / RUN

    @property
    def config(self) -> Path:
        return self.root / "migration.toml"

    def settings(self, more: str) -> None:
        self.config.write_text(SETTINGS + more)

    def edit(self, name: str, change: Any) -> None:
        """Change a JSON evidence file in place: `change` gets the object and alters it."""
        file = {
            "run": self.run / "run.json",
            "conversion": self.root / "new" / "conversion.json",
            "equivalence": self.root / ".changeover" / "equivalence.json",
            "gate": self.run / "gate.json",
        }[name]
        value = json.loads(file.read_text())
        change(value)
        files.write_json(file, value)

    def sql(self, side: str, statement: str) -> None:
        """Change a side's database as its run would have left it: the record follows the file."""
        database = self.run / side / "out" / "tiny.duckdb"
        with duckdb.connect(str(database)) as connection:
            connection.execute(statement)
        self.recorded(side)

    def recorded(self, side: str) -> None:
        """Let run.json name the present digest of a side's database."""
        database = self.run / side / "out" / "tiny.duckdb"
        digest = files.digest_file(database)
        self.edit("run", lambda run: run["sides"][side].update(database_sha256=digest))

    def decide(self, today: dt.date = TODAY, *, docs: bool = False) -> Decision:
        return decide(load(self.config), "1", today=today, docs=docs)


@pytest.fixture(scope="session")
def at() -> type[Project]:
    """The class itself, for tests that lay out folders of their own."""
    return Project


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The healthy migration, built once and copied for each test."""
    root = tmp_path_factory.mktemp("tiny")
    (root / "old" / "tiny").mkdir(parents=True)
    (root / "old" / "tiny" / "definitions.py").write_text("# the legacy project\n")
    (root / "new" / "tiny").mkdir(parents=True)
    (root / "new" / "tiny" / "jobs.py").write_text("# the target project\n")
    (root / "data").mkdir()
    (root / "data" / "census.csv").write_text("employee\nE1\n")
    project = Project(root)
    project.settings("")
    legacy = files.digest_tree(root / "old")
    files.write_json(root / "new" / "conversion.json", conversion(legacy))
    target = files.digest_tree(root / "new")
    files.write_json(root / ".changeover" / "equivalence.json", equivalence(legacy, target))
    for side in ("dagster", "prefect"):
        database(project.run / side / "out" / "tiny.duckdb")
    files.write_json(project.run / "run.json", run(project, legacy, target))
    return root


@pytest.fixture
def project(finished: Path, tmp_path: Path) -> Project:
    """A copy of the healthy migration to break."""
    shutil.copytree(finished, tmp_path / "tiny")
    return Project(tmp_path / "tiny")


@pytest.fixture(scope="session")
def signed(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The healthy migration after its gate and sign-off, made once."""
    root = tmp_path_factory.mktemp("signed") / "tiny"
    shutil.copytree(finished, root)
    project = Project(root)
    assert project.decide().verdict == "green"
    migration = load(project.config)
    assert report_write.write(migration, report_build.build(migration, "1")).verdict == "green"
    return root


@pytest.fixture
def report(signed: Path, tmp_path: Path) -> Project:
    """A copy of the migration with its report, to sign or to break."""
    shutil.copytree(signed, tmp_path / "tiny")
    return Project(tmp_path / "tiny")


def database(path: Path) -> None:
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create table seed_rates as select i as level, i / 10 as rate from range(1, 5) r(i)"
        )
        connection.execute(
            "create table fct_pay as select y as simulation_year, 'E' || i as employee, 1000.0 * i as pay,"
            " 0.1 * i as bonus, now() as loaded_at from range(2025, 2027) r(y), range(1, 101) s(i)"
        )
        connection.execute(
            "create table fct_headcount as select simulation_year, count(*) people from fct_pay group by all"
        )
        connection.execute("create table mon_alerts (simulation_year integer, alert varchar)")


def conversion(legacy: str) -> dict[str, Any]:
    place = {
        "file": "tiny/definitions.py",
        "key": None,
        "rule": "asset",
        "target": "tiny/jobs.py",
        "note": "",
    }
    return {
        "schema": 1,
        "summary": {"converted": 2, "adapted": 1, "undeployed": 1},
        "constructs": [
            {"kind": "asset", "name": "fct_pay", "line": 3, "disposition": "converted", **place},
            {"kind": "asset", "name": "fct_headcount", "line": 9, "disposition": "converted", **place},
            {"kind": "sensor", "name": "new_census", "line": 20, "disposition": "adapted", **place}
            | {"note": "polls every minute; a tick while the server is down is not made up for"},
            {
                "kind": "asset_check",
                "name": "never_registered",
                "line": 40,
                "disposition": "undeployed",
                **place,
            },
        ],
        "unread_arguments": [],
        "errors": [],
        "legacy_sha256": legacy,
    }


def equivalence(legacy: str, target: str) -> dict[str, Any]:
    return {
        "schema": 1,
        "equal": True,
        "counts": {"assets": [4, 4], "edges": [3, 3], "checks": [2, 2], "schedules": [1, 1]},
        "differences": [],
        "legacy_sha256": legacy,
        "target_sha256": target,
    }


def run(project: Project, legacy: str, target: str) -> dict[str, Any]:
    census = files.digest_file(project.root / "data" / "census.csv")
    frozen = {
        "sha256": fingerprint(project.root, ["data/census.csv"]).sha256,
        "files": [{"path": "data/census.csv", "sha256": census, "bytes": 12}],
    }
    return {
        "schema": 1,
        "id": RUN,
        "phase": 1,
        "years": [2025, 2026],
        "started": "2025-06-01T12:00:00+00:00",
        "finished": "2025-06-01T12:01:00+00:00",
        "commit": "c" * 40,
        "config_sha256": files.digest_file(project.config),
        "input": frozen,
        "code": {"dagster": legacy, "prefect": target},
        "sides": {name: side(project, name) for name in ("dagster", "prefect")},
        "parameters": {
            "other_year": {"year": 2027, "status": "succeeded", "rows": 100, "differs": True, "reason": ""},
            "impossible_year": {"year": 1999, "refused": True, "message": "no such year", "unchanged": True},
        },
    }


def side(project: Project, name: str) -> dict[str, Any]:
    path = f"{name}/out/tiny.duckdb"
    years = {"2025": 100, "2026": 100}
    return {
        "status": "succeeded",
        "exit": 0,
        "reason": "",
        "python": "3.11.7",
        "versions": {name: "1.0", "duckdb": "2.0.0"},
        "input_sha256": fingerprint(project.root, ["data/census.csv"]).sha256,
        "database": path,
        "database_sha256": files.digest_file(project.run / path),
        "bytes": (project.run / path).stat().st_size,
        "cpu_seconds": 23.0 if name == "dagster" else 11.0,
        "wall_seconds": 25.0 if name == "dagster" else 14.0,
        "max_rss_bytes": 400_000_000,
        "prepare_cpu_seconds": 3.0,
        "server_cpu_seconds": None if name == "dagster" else 4.0,
        "years": [
            {"year": y, "run_id": f"r{y}", "status": "succeeded", "wall_seconds": 5.0, "cpu_seconds": 5.0}
            for y in (2025, 2026)
        ],
        "checks": [
            {"year": y, "asset": a, "check": c, "passed": True, "severity": "ERROR", "blocking": b}
            for y in (2025, 2026)
            for a, c, b in CHECKS
        ],
        "outputs": [
            {"table": "fct_pay", "rows": 200, "years": years},
            {"table": "fct_headcount", "rows": 2, "years": {"2025": 1, "2026": 1}},
            {"table": "mon_alerts", "rows": 0, "years": {}},
            {"table": "seed_rates", "rows": 4, "years": {}},
        ],
    }
