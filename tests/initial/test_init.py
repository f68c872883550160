"""`migrate init`: the file it writes is valid, says what the project says, and admits what it cannot know."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from migrate.commands.init import init
from migrate.config import Migration, load
from migrate.errors import ChangeoverError

REPOSITORY = Path(__file__).parents[2]
HEAD = "from dagster import *\n\n\n"
ASSET = "@asset\ndef orders():\n    return 1\n\n\n"
READS = 'import os\n\nBASE = os.getenv("SHOP_DB", "shop.duckdb")\n\n\n'
DEPLOYED = "defs = Definitions([orders], jobs=[everything])\n"
JOB = 'everything = define_asset_job("everything", selection="*"{more})\n'


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(init, list(arguments), standalone_mode=False)
    if isinstance(done.exception, ChangeoverError):
        raise done.exception
    assert done.exception is None, done.exception
    return int(done.return_value), done.output


def _project(folder: Path, code: str, module: str = "shop.definitions") -> Path:
    path = folder / "legacy" / Path(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True)
    (path.parent / "__init__.py").touch()
    (folder / "legacy" / "inputs").mkdir()
    (folder / "legacy" / "inputs" / "orders.csv").write_text("a,b\n")
    path.write_text(HEAD + code)
    (folder / "legacy" / "pyproject.toml").write_text(f'[tool.dagster]\nmodule_name = "{module}"\n')
    return folder / "legacy"


def _written(folder: Path) -> Migration:
    return load(folder / "migration.toml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_reference_is_found_as_it_is_written_by_hand(here: Path) -> None:
    for name in ("dagster_legacy", "dbt"):
        shutil.copytree(REPOSITORY / name, here / name, ignore=shutil.ignore_patterns("target", "logs"))
    code, output = _run("dagster_legacy")
    found, ours = _written(here), load(REPOSITORY / "migration.toml")
    assert (found.legacy, found.target) == (ours.legacy, ours.target)
    assert found.prepare == ours.prepare
    assert set(found.input.freeze) < set(ours.input.freeze)
    assert found.outputs.year_column == ours.outputs.year_column
    assert found.environment["PLANALIGN_DB"] == found.outputs.database
    assert found.environment["PLANALIGN_DBT"] == ours.environment["PLANALIGN_DBT"]
    assert found.phase(1).years == ours.phase(1).years == (2025,)
    assert found.phase(2).years == (2025, 2026, 2027, 2028, 2029, 2030)
    assert found.phase(1).expect_tables == 66
    assert code == 1
    assert "environment.PLANALIGN_CENSUS: planalign/resources.py:64 reads it without a default" in output


STATIC = 'StaticPartitionsDefinition(["2031", "2030"])'
PARTITIONS = {
    "years": (STATIC, "{year}", (2030, 2031), 0),
    "days": ('DailyPartitionsDefinition(start_date="2024-01-01")', "{year}-01-01", (2024,), 0),
    "regions": ('StaticPartitionsDefinition(["north", "south"])', "north", (2025,), 1),
    "untold": ('DailyPartitionsDefinition(start_date="2024-03-05")', "{year}", (2025,), 1),
}


@pytest.mark.parametrize(("spelled", "key", "years", "code"), PARTITIONS.values(), ids=list(PARTITIONS))
def test_how_a_year_is_asked_for(
    here: Path, spelled: str, key: str, years: tuple[int, ...], code: int
) -> None:
    job = JOB.format(more=f", partitions_def={spelled}")
    _project(here, f"{READS}{ASSET}{job}{DEPLOYED}")
    assert _run("legacy")[0] == code
    found = _written(here)
    assert found.legacy.partition == found.target.parameters["partition_key"] == key
    assert max(found.phases.values(), key=lambda phase: len(phase.years)).years == years


def test_a_job_without_partitions_has_no_parameter(here: Path) -> None:
    _project(here, f"{ASSET}{JOB.format(more='')}{DEPLOYED}")
    _run("legacy")
    assert _written(here).target.parameters == {}


def test_of_a_src_layout_both_sides_are_the_folders_above(here: Path) -> None:
    """There stand pyproject.toml, which Dagster looks for, and the target's prefect.yaml and support."""
    from shims.run_plan import dagster_plan

    folder = _project(here, f"{ASSET}{JOB.format(more='')}{DEPLOYED}")
    (folder / "src").mkdir()
    (folder / "shop").rename(folder / "src" / "shop")
    _run("legacy")
    written = _written(here)
    assert (written.legacy.root, written.legacy.module) == ("legacy", "shop.definitions")
    assert (written.target.root, written.target.flow) == ("prefect_target", "shop.definitions:everything")
    plan = dagster_plan(written, "run", here / "base", ())
    assert plan.environment["PYTHONPATH"].split(":") == [str(plan.folder), f"{plan.folder}/src"]


def test_assets_without_a_job_are_dagsters_own_job(here: Path) -> None:
    _project(here, f"{ASSET}defs = Definitions([orders])\n")
    _run("legacy", "--target", "elsewhere/target")
    found = _written(here)
    assert found.input.freeze == ("legacy/inputs",)
    assert found.legacy.job == "__ASSET_JOB"
    assert (found.target.root, found.target.flow) == (
        "elsewhere/target",
        "shop.materialize:materialize_all",
    )


def test_the_job_over_years_comes_first_and_the_others_are_named(here: Path) -> None:
    plain = 'a = define_asset_job("a", selection="*")\n'
    yearly = f'b = define_asset_job("b", selection="*", partitions_def={STATIC})\n'
    _project(here, f"{ASSET}{plain}{yearly}defs = Definitions([orders], jobs=[a, b])\n")
    _run("legacy")
    assert _written(here).legacy.job == "b"
    assert 'job = "b"  # or: a' in (here / "migration.toml").read_text()


PROFILE = "shop:\n  target: dev\n  outputs:\n    dev:\n      type: duckdb\n      path: {}\n"
DATABASES = {
    "by a variable": ("\"{{ env_var('SHOP_FILE') }}\"", "{side}/shop_file.duckdb", 0),
    "spelled out": ("/data/shop.duckdb", "{side}/output.duckdb", 1),
}


@pytest.mark.parametrize(("path", "database", "code"), DATABASES.values(), ids=list(DATABASES))
def test_the_database_that_a_profile_names(here: Path, path: str, database: str, code: int) -> None:
    root = _project(here, f"{ASSET}{JOB.format(more='')}{DEPLOYED}")
    (root / "warehouse" / "models").mkdir(parents=True)
    (root / "warehouse" / "dbt_project.yml").write_text("name: shop\nprofile: shop\n")
    (root / "warehouse" / "profiles.yml").write_text(PROFILE.format(path))
    sql = "select plan_year from {{ ref('b') }} where year > 1"
    (root / "warehouse" / "models" / "a.sql").write_text(sql)
    done, output = _run("legacy")
    found = _written(here)
    assert (done, found.outputs.database, found.outputs.year_column) == (code, database, "plan_year")
    assert found.prepare.commands[0][-1] == "warehouse"  # each side's own copy, which it runs in
    assert ("/data/shop.duckdb is spelled out" in output) is bool(code)


def test_nothing_is_written_over(here: Path) -> None:
    _project(here, f"{ASSET}defs = Definitions([orders])\n")
    (here / "migration.toml").write_text("mine")
    with pytest.raises(ChangeoverError, match="never written over"):
        _run("legacy")
    assert (here / "migration.toml").read_text() == "mine"
    assert tomllib.loads(_run("legacy", "--print")[1].partition("to be filled in")[0])["schema"] == 1


def test_a_project_around_the_file_is_refused_with_the_line_to_call(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = _project(here, f"{ASSET}defs = Definitions([orders])\n")
    monkeypatch.chdir(root)
    with pytest.raises(ChangeoverError) as refused:
        _run(".")
    assert refused.value.remedy == f"Call it there: cd {here}; migrate init legacy"
    assert not (root / "migration.toml").exists()


def test_two_projects_are_one_too_many(here: Path) -> None:
    for name in ("one", "two"):
        _project(here / "tree" / name, f"{ASSET}defs = Definitions([orders])\n", f"{name}.definitions")
    with pytest.raises(ChangeoverError, match="there are 2 projects") as refused:
        _run("tree")
    assert "--module one.definitions, two.definitions" in (refused.value.remedy or "")
    _run("tree", "--module", "two.definitions")
    found = _written(here)
    assert (found.legacy.root, found.legacy.module) == ("tree/two/legacy", "two.definitions")


def test_variables_that_are_set_are_not_read(here: Path) -> None:
    code = 'import os\nos.environ["SET"] = "1"\nREAD = os.environ["NEEDED"]\nMAY = os.environ.get("MAY")\n'
    code += 'import dagster\nTOKEN = dagster.EnvVar("TOKEN")\n'
    _project(here, f"{code}{ASSET}defs = Definitions([orders])\n")
    text = _run("legacy", "--print")[1]
    named: dict[str, Any] = {name: f"# {name} =" in text for name in ("SET", "NEEDED", "MAY")}
    assert named == {"SET": False, "NEEDED": True, "MAY": True}
    assert "environment.TOKEN: shop/definitions.py:9 reads it without a default" in text
    assert "environment.NEEDED: shop/definitions.py:6 reads it without a default" in text


WRITING = """import os

import duckdb

YEARS = StaticPartitionsDefinition(["2030", "2031"])


@asset(partitions_def=YEARS)
def orders(context) -> None:
    with duckdb.connect(os.environ["SHOP_DB"]) as connection:
        connection.execute("create table orders as select ?::int plan_year", [int(context.partition_key)])


defs = Definitions(assets=[orders])
"""


@pytest.mark.real
def test_dagster_runs_by_the_file_as_it_was_written(here: Path) -> None:
    """Dagster's own job over all assets, a year's partition, a database that a variable names."""
    from shims.commands.baseline import baseline

    _project(here, WRITING)
    assert _run("legacy")[0] == 0
    done = CliRunner().invoke(baseline, ["--years", "2031"], standalone_mode=False)
    assert done.return_value == 0, done.output
    record = json.loads((here / ".changeover" / "baseline" / "baseline.json").read_text())
    assert _written(here).outputs.year_column == "plan_year"
    assert "orders" in json.dumps(record)


def test_a_target_in_one_file_is_named_as_it_is(here: Path) -> None:
    project = _project(here, ASSET + JOB.format(more="") + DEPLOYED)
    (here / "prefect_target").mkdir()
    (here / "prefect_target" / "flows.py").touch()
    _run(str(project))
    assert _written(here).target.flow == "flows:everything"
    assert "--layout single" in (here / "migration.toml").read_text()
