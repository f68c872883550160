"""What the probe makes of the less usual things that Dagster deploys, or only decorates."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shims.foreign.dagster_probe.assets import asset
from shims.foreign.dagster_probe.conditions import with_defaults
from shims.handed import handed

PROJECT = Path(__file__).parent / "projects" / "patterns_old"
pytestmark = pytest.mark.real


def probe(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    out = folder / "dump.json"
    line = [sys.executable, handed("dagster_probe", folder), "--root", str(PROJECT)]
    line += ["--out", str(out), *arguments]
    environ = {**os.environ, "DAGSTER_DISABLE_TELEMETRY": "yes", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(line, env=environ, timeout=120, capture_output=True)
    return done.returncode, json.loads(out.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    code, dump = probe(tmp_path_factory.mktemp("zoo"), "--module", "zoo.definitions")
    assert code == 0, dump
    return dump


def by(items: list[dict[str, Any]], key: str = "name") -> dict[str, dict[str, Any]]:
    return {item[key]: item for item in items}


def test_assets(zoo):
    assets = by(zoo["assets"], "key")
    assert assets["m2"]["deps"] == ["m1", "outside"]
    assert assets["m1"]["deps"] == []
    assert assets["remembers"]["deps"] == ["remembers"]
    assert {k for k, a in assets.items() if a["source"]} == {"outside", "watched"}
    assert assets["by_day"]["partitions"] == ["2025-12-30", "2025-12-31"]
    assert assets["by_grid"]["partitions"] == ["a|x", "b|x"]
    assert assets["by_file"]["partitions"] == ["<dynamic:files>"]
    assert assets["automated"]["automation"]
    assert [(c["name"], c["blocking"]) for c in zoo["checks"]] == [("inside", True)]


def test_steps_of_nested_graphs(zoo):
    steps = by(by(zoo["jobs"])["nested"]["steps"])
    assert {name: step["deps"] for name, step in steps.items()} == {
        "start": [],
        "outer_graph.inner_graph.double": ["start"],
        "outer_graph.inner_graph.double_2": ["outer_graph.inner_graph.double"],
        "outer_graph.last": ["outer_graph.inner_graph.double_2"],
        "split": [],
        "double": ["split"],
        "many": [],
        "mapped": ["many"],
        "collect": ["mapped"],
    }
    assert steps["double"]["retries"]["max"] == 1, "the invocation's own policy"
    assert steps["outer_graph.last"]["retries"]["max"] == 4, "the job's policy"


def test_defaults_and_presets(zoo):
    jobs = by(zoo["jobs"])
    assert jobs["nested"]["config"] == {
        "start.inner.deep": 5,
        "start.colour": "RED",
        "start.maybe": None,
        "start.needed": "(required)",
    }
    assert jobs["preset"]["config"]["start.needed"] == "preset"


def test_schedules_and_sensors(zoo):
    schedules = by(zoo["schedules"])
    assert schedules["daily_job_schedule"]["cron"] == "0 3 * * *"
    assert schedules["two_lines"]["cron"] == "0 1 * * * | 0 13 * * 1"
    assert schedules["two_lines"]["ticks"]["count"] == 365 + 52
    assert set(schedules["two_lines"]["requests"].values()) == {"error: ScheduleExecutionError"}
    assert schedules["daily_job_schedule"]["requests"]["2025-12-31T03:00:00Z"] == [
        {"partition": "2025-12-30", "config": {}}
    ]
    # what Dagster adds by itself (a sensor for conditions, jobs of all assets) is not the project's
    assert [(s["name"], s["job"]) for s in zoo["sensors"]] == [("of_two_jobs", "daily_job, nested")]
    assert {j["name"] for j in zoo["jobs"]} == {"nested", "preset", "daily_job"}


def test_what_is_only_decorated_is_listed_with_its_line(zoo):
    found = {(u["kind"], u["name"], u["file"], u["line"]) for u in zoo["undeployed"]}
    assert found == {
        ("asset", "hidden_report", "zoo/reports.py", 6),
        ("op", "unused_op", "zoo/reports.py", 10),
        ("asset", "automated", "zoo/reports/__init__.py", 6),
        ("asset", "computed_name", "zoo/reports/__init__.py", 10),
        ("define_asset_job", "later_job", "zoo/reports/__init__.py", 14),
        ("sensor", "never_asked", "zoo/reports/__init__.py", 18),
    }


def test_a_module_that_does_not_import_is_recorded_and_stops_nothing(zoo):
    (broken,) = zoo["unimportable"]
    assert (broken["module"], broken["file"], broken["line"]) == ("zoo.leaves", "zoo/leaves.py", 3)
    assert broken["cause"].startswith("SystemExit")


def test_a_module_without_definitions_is_an_error(tmp_path):
    code, dump = probe(tmp_path, "--module", "zoo")
    assert code == 2
    assert "No Definitions" in dump["error"]["cause"]


def test_policies_are_told_as_dagster_holds_them():
    import dagster as dg

    years = dg.StaticPartitionsDefinition(["2025"])
    policy = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=1))

    @dg.asset(
        partitions_def=years,
        backfill_policy=dg.BackfillPolicy.single_run(),
        freshness_policy=policy,
        owners=["team:a", "b@c.de"],
    )
    def one() -> None: ...

    @dg.asset(partitions_def=years, backfill_policy=dg.BackfillPolicy.multi_run(7))
    def two() -> None: ...

    @dg.asset
    def three() -> None: ...

    graph = dg.Definitions(assets=[one, two, three]).get_repository_def().asset_graph
    found = {key: asset(graph.get(dg.AssetKey(key))) for key in ("one", "two", "three")}
    assert [found[key]["backfill"] for key in found] == [0, 7, None]
    assert "fail_window" in found["one"]["freshness"]
    assert found["three"]["freshness"] is None
    assert found["one"]["owners"] == ["b@c.de", "team:a"]


def test_an_asset_without_a_condition_has_that_of_its_sensor() -> None:
    import dagster as dg

    eager, daily = dg.AutomationCondition.eager(), dg.AutomationCondition.on_cron("0 6 * * *")

    @dg.asset
    def ore() -> None: ...

    @dg.asset(deps=[ore])
    def metal() -> None: ...

    @dg.asset(automation_condition=daily)
    def report() -> None: ...

    chosen = dg.AssetSelection.assets(metal, report)
    sensor = dg.AutomationConditionSensorDefinition(
        "s", target=chosen, default_condition=eager, use_user_code_server=True
    )
    plain = dg.AutomationConditionSensorDefinition("plain", target=dg.AssetSelection.assets(ore))
    defs = dg.Definitions(assets=[ore, metal, report], sensors=[sensor, plain])
    repository = defs.get_repository_def()
    graph = repository.asset_graph
    dumped = with_defaults([asset(graph.get(dg.AssetKey(k))) for k in ("ore", "metal", "report")], repository)
    assert [one["automation"] for one in dumped] == [None, str(eager), str(daily)]
