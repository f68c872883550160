"""The corpus run loads a project and its target, compares their graphs, and says why it cannot."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from migrate import corpus
from migrate.equivalence_automation import automation
from migrate.equivalence_runs import jobs, schedules
from migrate.errors import CANNOT_SAY, ChangeoverError
from shims import graph_check
from shims.corpus import graphs, stands_for_another
from shims.several import together

PROJECT = """from dagster import Definitions, asset, define_asset_job


@asset
def one() -> int:
    return 1


@asset
def two(one: int) -> int:
    return one


defs = Definitions(assets=[one, two], jobs=[define_asset_job("both", selection="*")])
"""


def put(folder: Path, name: str, code: str) -> Path:
    (folder / name / "shop").mkdir(parents=True)
    (folder / name / "shop" / "__init__.py").touch()
    (folder / name / "shop" / "definitions.py").write_text(code)
    return folder / name


AT_THE_TOP = """from typing import Optional

from dagster import AutomationCondition, ConfigurableResource, Definitions, EnvVar, asset, define_asset_job

from shop.assets import one, two


class Store(ConfigurableResource):
    path: str = "store"
    token: Optional[str]
    user: str = EnvVar("NO_SUCH_VARIABLE")


@asset(deps=[two], automation_condition=AutomationCondition.eager())
def soon(store: Store) -> None: ...


@asset(deps=[soon], automation_condition=AutomationCondition.on_cron("0 5 * * *"))
def daily() -> None: ...


defs = Definitions(
    [one, two, soon, daily],
    jobs=[define_asset_job("both", selection=[one, two])],
    resources={"store": Store()},
)
"""
"""A module beside the package of its assets, one of which nobody deploys."""


@pytest.mark.real
def test_equal_differs_and_does_not_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = put(tmp_path / "projects", "good", "")
    code = PROJECT.partition("defs = ")[0]
    idle = "@asset(deps=[two])\ndef idle() -> None: ...\n"
    (good / "shop" / "definitions.py").rename(good / "shop" / "assets.py")
    (good / "shop" / "assets.py").write_text(code + idle)
    (good / "definitions.py").write_text(AT_THE_TOP)
    put(tmp_path / "projects", "missing", "import not_installed_here\n" + PROJECT)
    assert corpus.main(tmp_path / "projects", tmp_path / "rows.json", graphs) == 0
    good, missing = json.loads((tmp_path / "rows.json").read_text())
    assert good["graphs"] == ["definitions.py: equal (4 assets)"]
    assert "No module named 'not_installed_here'" in missing["graphs"][0]
    assert "(shop/definitions.py:1)" in missing["graphs"][0]
    table = capsys.readouterr().out
    assert [line.split()[-1] for line in table.splitlines() if "%" in line] == ["equal", "asked"]


@pytest.mark.real
def test_a_lost_asset_is_a_fault(tmp_path: Path) -> None:
    from migrate.conversion import convert

    project = put(tmp_path, "good", PROJECT)
    result = convert(project)
    path = "shop/definitions.py"
    result.files[path] = result.files[path].replace(b"asset://two", b"asset://other")
    ((where, text, bad),) = graphs(project, result)
    assert (where, bad) == (path, True)
    assert "asset two" in text


def test_a_side_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = put(tmp_path, "good", "raise RuntimeError('no data here')\n")
    line = [str(project), "--module", "shop.definitions", str(project), "--flow", "shop.definitions:x"]
    assert graph_check.main([*line, "--python", sys.executable]) == CANNOT_SAY
    assert "Dagster's side does not load: RuntimeError: no data here" in capsys.readouterr().out


@pytest.mark.real
def test_code_locations_that_share_a_project_are_compared_together(tmp_path: Path) -> None:
    """One reads what the other makes, and opens a file of the project's folder when it is imported."""
    from migrate.conversion import convert

    opening = "from pathlib import Path\n\nTEXT = Path('notes.txt').read_text()\n"
    own = PROJECT.replace('"*"', '["one", "two"]')
    project = put(tmp_path, "pair", opening + own)
    reader = (
        "from dagster import AssetSpec, Definitions, asset\n\n\n@asset(deps=['two'])\ndef three(): ...\n"
        "\n\ndefs = Definitions(assets=[three, AssetSpec('two')])\n"
    )
    (project / "shop" / "reader.py").write_text(reader)
    (project / "notes.txt").write_text("here")
    modules = "".join(f"  - python_module: shop.{name}\n" for name in ("definitions", "reader"))
    (project / "workspace.yaml").write_text(f"load_from:\n{modules}")
    result = convert(project)
    assert list(graphs(project, result)) == [("pair, 2 code locations", "equal (3 assets)", False)]


CHECKED = """from dagster import AssetCheckResult, AssetCheckSpec, Definitions
from dagster import asset, asset_check, multi_asset_check


@asset
def one() -> None: ...


@asset(deps=[one])
def two() -> None: ...


@asset(deps=[two])
def three() -> None: ...


@multi_asset_check(
    specs=[AssetCheckSpec("told", asset="one"), AssetCheckSpec("stops", asset="two", blocking=True)]
)
def several():
    yield AssetCheckResult(check_name="told", asset_key="one", passed=True)
    yield AssetCheckResult(check_name="stops", asset_key="two", passed=True)


def small(asset: str, strict: bool):
    @asset_check(asset=asset, name="small", blocking=strict)
    def check():
        return AssetCheckResult(passed=True)

    return check


smalls = [small("one", True), small("two", False)]
defs = Definitions([one, two, three], asset_checks=[several, *smalls])
"""


@pytest.mark.real
def test_what_a_check_stops_is_what_it_blocks_in_dagster(tmp_path: Path) -> None:
    """Of two assets that one function checks, and of one that a function of the project is told."""
    from migrate.conversion import convert

    project = put(tmp_path, "checked", CHECKED)
    assert list(graphs(project, convert(project))) == [("shop/definitions.py", "equal (3 assets)", False)]


@pytest.mark.real
def test_a_package_that_hands_on_definitions_is_no_other_code_location(tmp_path: Path) -> None:
    """One setting names the package, another the module in it."""
    from migrate.conversion import convert

    project = put(tmp_path, "handed", PROJECT)
    (project / "shop" / "__init__.py").write_text("from shop.definitions import defs as defs\n")
    (project / "workspace.yaml").write_text("load_from:\n  - python_module: shop\n")
    (project / "pyproject.toml").write_text('[tool.dg.project]\nroot_module = "shop"\n')
    result = convert(project)
    assert len(result.locations) == 2
    assert list(graphs(project, result)) == [("shop/definitions.py", "equal (2 assets)", False)]
    own = project / "shop" / "__init__.py"
    own.write_text("from dagster import Definitions\n\ndefs = Definitions()\n")
    assert not stands_for_another(project, "shop/__init__.py", ["shop/__init__.py", "shop/definitions.py"])


def test_the_target_has_an_interpreter_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = put(tmp_path, "good", PROJECT)
    line = [str(project), "--module", "shop.definitions", str(project), "--flow", "shop.definitions:x"]
    with pytest.raises(FileNotFoundError, match="no-such-python"):
        graph_check.main([*line, "--python", sys.executable, "--target-python", "no-such-python"])


def test_what_two_code_locations_make_differently_is_not_compared() -> None:
    one = {"assets": [{"key": "a", "source": False, "deps": []}]}
    other = {"assets": [{"key": "a", "source": False, "deps": ["b"]}]}
    with pytest.raises(ChangeoverError, match="two code locations have assets called a"):
        together([one, other])
    source = {"assets": [{"key": "a", "source": True, "deps": []}]}
    assert together([source, other])["assets"] == together([other, source])["assets"] == other["assets"]


def test_what_nothing_starts_by_itself_is_a_difference() -> None:
    mine = {"deps": ["a", "b"], "automation": "AndAutomationCondition(label='eager', ...)"}
    flow = {"name": "eager_assets", "assets": ["c"]}
    target: dict[str, Any] = {"jobs": [flow], "schedules": [], "reactions": []}

    def told(dagster: dict[str, Any], **change: Any) -> tuple[Any, bool]:
        (found,) = automation("c", dagster, {"key": "c"}, {**target, **change})
        return found.prefect, bool(found.explained)

    both = [{"flow": "eager_assets", "assets": ["a", "b"]}]
    assert told(mine) == (None, False)
    assert told(mine, reactions=both) == ("eager_assets on the making of a, b", True)
    assert told(mine, reactions=both, jobs=[{**flow, "deployed": False}]) == (None, False)
    one = told(mine, reactions=[{"flow": "eager_assets", "assets": ["a"]}])
    assert one == ("eager_assets on the making of a, and not by b", False)
    cron = {**mine, "automation": "AndAutomationCondition(label='on_cron(0 5 * * *, UTC)', ...)"}
    ticks = {"job": "eager_assets", "cron": "0 5 * * *"}
    assert told(cron, schedules=[ticks]) == ("eager_assets on 0 5 * * *, UTC", True)
    assert told(cron, schedules=[{**ticks, "cron": "0 6 * * *"}]) == (None, False)
    assert told({**mine, "automation": "any_deps_updated"}, reactions=both) == (None, False)


def test_a_flow_for_assets_that_no_job_selects_is_no_job_too_many() -> None:
    asset = {"key": "a", "source": False, "automation": "on_cron(0 5 * * *)"}
    job = {"name": "one", "kind": "asset", "assets": [], "checks": []}
    flow = {"name": "materialize-all", "kind": "asset", "assets": ["a"], "checks": []}
    dagster = {"assets": [asset], "jobs": [], "schedules": [], "sensors": []}

    def told(legacy: dict[str, Any], **change: Any) -> list[bool]:
        target = {**dagster, "jobs": [{**flow, **change}]}
        return [bool(difference.explained) for difference in jobs(legacy, target)]

    assert told(dagster) == [True]
    assert told(dagster, name="mine") == [False]
    assert told(dagster, assets=["other"]) == [False]
    assert told({**dagster, "jobs": [{**job, "name": "mine", "assets": ["a"]}]}) == [False, False]
    ticking = {**dagster, "schedules": [{"name": "on_cron_0_5", "cron": "0 5 * * *"}]}
    assert [bool(d.explained) for d in schedules(dagster, ticking)] == [True]
    assert [bool(d.explained) for d in schedules({**dagster, "assets": []}, ticking)] == [False]


OF_A_SCHEDULE = (
    PROJECT.partition("defs = ")[0].replace("asset, define_asset_job", "AssetSelection, asset")
    + """
from dagster import RunRequest, ScheduleDefinition, schedule


@schedule(cron_schedule="* * * * *", target=AssetSelection.assets("one", "two"))
def often():
    return RunRequest()


daily = ScheduleDefinition(name="daily", cron_schedule="0 5 * * *", target=[one])
defs = Definitions(assets=[one, two], schedules=[often, daily])
"""
)


@pytest.mark.real
def test_a_job_that_dagster_makes_for_a_schedule_is_known_by_its_assets(tmp_path: Path) -> None:
    from migrate.conversion import convert

    project = put(tmp_path, "good", OF_A_SCHEDULE)
    result = convert(project)
    path = "shop/definitions.py"
    assert list(graphs(project, result)) == [(path, "equal (2 assets)", False)]
    code = result.files[path].decode()
    lost = code.replace("    two_future = two.submit(one_future)\n", "").replace(", two=two_future", "")
    assert lost != code
    result.files[path] = lost.encode()
    ((_, text, bad),) = graphs(project, result)
    assert bad
    assert "schedule often: assets: 'one, two' / 'one'" in text
