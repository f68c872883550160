"""Functions and loops that make jobs, schedules or definitions: what they make is what Dagster loads."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.corpus import examine
from shims.corpus import graphs

SETTINGS = """
[project]
name = "shop"
[tool.dagster]
module_name = "shop.definitions"
"""
FACTORIES = '''
from functools import cache

from dagster import (
    AssetCheckResult, AssetSelection, Definitions, RunRequest, ScheduleDefinition, asset, asset_check,
    define_asset_job, sensor,
)

SUFFIX = "nightly"


def make_asset(name, group):
    @asset(name=name, group_name=group)
    def _made():
        return name

    return _made


def make_job(name, *, keys, tags=None):
    """A job of some assets."""
    return define_asset_job(name=name, selection=AssetSelection.assets(*keys), tags=tags)


def make_schedule(job, cron="0 3 * * *", name=None, **kwargs):
    # runs at night
    return ScheduleDefinition(name=name or f"{job.name}_{SUFFIX}", job=job, cron_schedule=cron, **kwargs)


def make_sensor(job, folder):
    @sensor(job=job)
    def arrivals(context):
        for name in folder:
            yield RunRequest(run_key=name)

    return arrivals


def make_ice(prefix, deps=()):
    @asset(key_prefix=prefix, deps=list(deps), io_manager_key=None)
    def ice(context):
        """Frozen water."""
        context.log.info(f"ice of {prefix[-1]}")

    return ice


def make_bird(name, options):
    @asset(name=name, description=options.get("says"))
    def _bird():
        return options.get("legs", 2)

    @asset_check(asset=name, name=f"{name}_flies")
    def _flies():
        return AssetCheckResult(passed=True)

    return _bird, [_flies]


@cache
def shared(name):
    return make_job(name, keys=["north"])


class Region:
    @staticmethod
    def build(name, cron):
        @asset(name=f"{name}_raw")
        def raw():
            return 1

        @asset(name=f"{name}_clean", deps=[raw])
        def clean():
            return 2

        @asset_check(asset=clean)
        def positive():
            return AssetCheckResult(passed=True)

        if cron is None:
            return Definitions(assets=[raw, clean], asset_checks=[positive])
        job = make_job(f"{name}_job", keys=[raw, clean])
        return Definitions(
            assets=[raw, clean], asset_checks=[positive], jobs=[job], schedules=[make_schedule(job, cron)]
        )
'''
DEFINITIONS = """
from dagster import Definitions, define_asset_job

from shop.factories import (
    Region, make_asset, make_bird, make_ice, make_job, make_schedule, make_sensor, shared,
)

SUFFIX = "mine"
REGIONS = {"east": {"cron": "0 1 * * *", "shared": True}, "west": {"cron": None}}

north = make_asset("north", "poles")
south = make_asset("south", "poles")
poles_job = make_job("poles_job", keys=[north, south], tags={"team": SUFFIX})
poles_schedule = make_schedule(poles_job, execution_timezone="Europe/Paris")
poles_sensor = make_sensor(poles_job, ["a", "b"])

north_ice = make_ice(["north", "ice"])
south_ice = make_ice(["south"], deps=[north_ice])

BIRDS = {"duck": {"says": "quack"}, "goose": {"legs": 2}}
birds, flights = [], []
for name, options in BIRDS.items():
    bird, found = make_bird(name, options)
    birds.append(bird)
    flights.extend(found)

jobs = []
schedules = []
for name, settings in REGIONS.items():
    one = define_asset_job(f"{name}_poles", selection=[north])
    jobs.append(one)
    schedules.append(make_schedule(one, settings.get("cron") or "0 9 * * *"))

regions = [Region.build(name, each["cron"]) for name, each in REGIONS.items() if each.get("shared") or True]

defs = Definitions.merge(
    Definitions(
        assets=[north, south, north_ice, south_ice, *birds],
        asset_checks=flights,
        jobs=[poles_job, shared("again"), *jobs],
        schedules=[poles_schedule, make_schedule(shared("again"), name="twice"), *schedules],
        sensors=[poles_sensor],
    ),
    *regions,
)
"""


def project(root: Path, definitions: str = DEFINITIONS, factories: str = FACTORIES) -> Path:
    files = {
        "pyproject.toml": SETTINGS,
        "shop/__init__.py": "",
        "shop/factories.py": factories,
        "shop/definitions.py": definitions,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(textwrap.dedent(text).lstrip())
    return root


def refused(root: Path) -> list[str]:
    return [c["note"] for c in as_json(convert(root))["constructs"] if c["disposition"] == "manual"]


@pytest.mark.real
def test_the_graph_is_dagsters(tmp_path: Path) -> None:
    """Keys, edges, groups, tags, checks, jobs, schedules and sensors, compared where both sides load."""
    row = examine(project(tmp_path / "shop"), graphs)
    assert (row.crashes, row.broken, row.lost_keys, row.graph_faults) == ([], [], [], [])
    assert (row.graph, row.done) == ("equal", 1.0)


def test_what_is_written(tmp_path: Path) -> None:
    """A flow for each call, comments kept, nothing of the functions; asset factories stay functions."""
    result = convert(project(tmp_path / "shop"))
    written = result.files["shop/definitions.py"].decode()
    assert 'for name in ["a", "b"]:' in written
    assert written.count('name="again"') == 1  # the function is cached
    assert "def east_raw():" in written
    assert "def west_job" not in written
    assert "make_job" not in written
    assert "functools" not in written
    assert "asset://north/ice/ice" in written
    assert 'get_run_logger().info("ice of south")' in written
    factories = result.files["shop/factories.py"].decode()
    assert "def make_asset(name, group):" in factories
    assert "def make_job" not in factories
    yaml = result.files["prefect.yaml"].decode()
    for name in ("poles_job_nightly", "east_poles_nightly", "west_poles_nightly", "twice", "arrivals"):
        assert f"name: {name}\n" in yaml
    assert 'cron: "0 9 * * *"' in yaml
    assert "team:mine" in yaml


NOT_TOLD = """
import os

from dagster import Definitions, RunRequest, asset, define_asset_job, sensor


@asset
def north():
    return 1


everything = define_asset_job("everything", selection=[north])


def make_jobs(names):
    found = []
    for name in names:
        found.append(define_asset_job(name, selection=[north]))
    return found


def of_the_place(name):
    if os.getenv("PLACE"):
        return define_asset_job(name, selection=[north])
    return define_asset_job(name + "_else", selection=[north])


def watching(folders):
    found = []
    for folder in folders:
        @sensor(name=f"{folder}_sensor", job=everything)
        def watch(context):
            yield RunRequest(run_key=folder)

        found.append(watch)
    return found


JOBS
"""


@pytest.mark.parametrize(
    "jobs",
    [
        'jobs = make_jobs(os.listdir("."))\ndefs = Definitions(assets=[north], jobs=jobs)',
        'jobs = [of_the_place("one")]\ndefs = Definitions(assets=[north], jobs=jobs)',
        'defs = Definitions(assets=[north], jobs=[everything], sensors=watching(["a", "b"]))',
    ],
    ids=["a loop over what only running tells", "a branch likewise", "functions that share a variable"],
)
def test_what_only_running_tells_is_refused(tmp_path: Path, jobs: str) -> None:
    assert refused(project(tmp_path / "shop", NOT_TOLD.replace("JOBS", jobs)))


def test_a_loop_that_can_be_told_is_written_out(tmp_path: Path) -> None:
    jobs = 'jobs = make_jobs(("one", "two"))\ndefs = Definitions(assets=[north], jobs=jobs)'
    root = project(tmp_path / "shop", NOT_TOLD.replace("JOBS", jobs))
    assert refused(root) == []
    assert [d["entrypoint"] for d in _deployments(root)] == [
        "shop/definitions.py:one",
        "shop/definitions.py:two",
    ]


def _deployments(root: Path) -> list[dict[str, str]]:
    import yaml

    found: list[dict[str, str]] = yaml.safe_load(convert(root).files["prefect.yaml"])["deployments"]
    return found


def test_functions_called_when_a_run_is_under_way_stay(tmp_path: Path) -> None:
    """What an op calls is no factory, whatever it makes."""
    text = """
    from dagster import Definitions, job, op, define_asset_job

    def make(name):
        return define_asset_job(name)

    @op
    def one():
        return make("x").name

    @job
    def all_of_it():
        one()

    defs = Definitions(jobs=[all_of_it])
    """
    result = convert(project(tmp_path / "shop", text))
    assert "def make(" in result.files["shop/definitions.py"].decode()


def test_a_check_runs_with_its_own_asset_only(tmp_path: Path) -> None:
    """Two checks of one name, of two assets: a job over one of them has one of them."""
    text = """
    from dagster import AssetCheckResult, Definitions, asset, asset_check, define_asset_job

    @asset
    def east(): return 1

    @asset
    def west(): return 1

    @asset_check(asset=east, name="positive")
    def one(): return AssetCheckResult(passed=True)

    @asset_check(asset=west, name="positive")
    def two(): return AssetCheckResult(passed=True)

    only = define_asset_job("only", selection=[east])
    defs = Definitions(assets=[east, west], asset_checks=[one, two], jobs=[only])
    """
    written = convert(project(tmp_path / "shop", text)).files["shop/definitions.py"].decode()
    assert "one.submit(" in written
    assert "two.submit(" not in written


def test_a_file_that_does_not_mention_the_orchestrator_is_written_out_as_well(tmp_path: Path) -> None:
    """Its asset stands in it, and a job finds it there."""
    text = """
    from dagster import Definitions, asset, define_asset_job

    from shop.kept import bird

    everything = define_asset_job("everything", selection=[bird])
    defs = Definitions(assets=[bird], jobs=[everything])
    """
    factories = """
    from dagster import asset, define_asset_job

    def make(name):
        @asset(name=name)
        def made():
            return name

        return {"asset": made, "job": define_asset_job(f"{name}_job", selection=[made])}

    wren = make("wren")
    """
    root = project(tmp_path / "shop", text, factories)
    (root / "shop/kept.py").write_text('from shop.factories import make\n\nbird = make("duck")["asset"]\n')
    result = convert(root)
    assert "manual" not in result.summary
    assert 'key="asset://duck"' in result.files["shop/kept.py"].decode()
    assert "from shop.kept import duck" in result.files["shop/definitions.py"].decode()
