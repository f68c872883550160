"""Jobs over parts of a dbt step make the same models, and run the same tests, in Dagster and in Prefect."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from migrate.conversion import convert

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

ORDERS = (
    "create table raw_orders as select 1 as order_id, 2025 as order_year, 'bread' as product, 1 as quantity"
)
MODELS = {
    "models/more/inner.sql": "{{ config(tags=['slow']) }} select * from {{ ref('products') }}",
    "models/more/inner.yml": """
version: 2
models:
  - name: inner
    columns: [{name: product, data_tests: [not_null]}]
""",
}
CODE = """
from pathlib import Path

import dagster as dg
from dagster_dbt import (
    DbtCliResource, build_dbt_asset_selection, build_schedule_from_dbt_selection, dbt_assets,
)


@dbt_assets(manifest=Path("dbt/target/manifest.json"), select="stg_orders products inner")
def early(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(manifest=Path("dbt/target/manifest.json"), select="discontinued fct_sales")
def late(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


by_keys = dg.define_asset_job("by_keys", dg.AssetSelection.assets("products", "stg_orders", "discontinued"))
untested = dg.define_asset_job("untested", dg.AssetSelection.assets("products", "inner").without_checks())
by_text = dg.define_asset_job("by_text", build_dbt_asset_selection([early], "tag:slow products stg_orders"))
schedules = [
    build_schedule_from_dbt_selection(
        [early], "nightly", "0 3 * * *", dbt_select="products stg_orders", dbt_exclude="resource_type:test"
    ),
]
defs = dg.Definitions(
    [early, late], jobs=[by_keys, untested, by_text], schedules=schedules,
    resources={"dbt": DbtCliResource(project_dir="dbt", profiles_dir="dbt")},
)
"""
JOBS = ("by_keys", "untested", "by_text", "nightly")


def ended(folder: Path) -> list[str]:
    """The names of what dbt ran, as its artifacts below a folder say."""
    found = [json.loads(path.read_text())["results"] for path in sorted(folder.rglob("run_results.json"))]
    return sorted(result["unique_id"].split(".")[2] for results in found for result in results)


@pytest.mark.parametrize("job", JOBS)
def test_both_run_the_same_part(
    job: str,
    prefect: str,
    parsed_dbt: Path,
    parse_dbt: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after, databases = f"subset_before_{job}", f"subset_after_{job}", []
    shutil.copytree(parsed_dbt, tmp_path / "dbt")
    for name, text in MODELS.items():
        (tmp_path / "dbt" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "dbt" / name).write_text(text)
    parse_dbt(tmp_path / "dbt")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "legacy").mkdir()
    (tmp_path / "legacy" / "code.py").write_text(CODE)
    (tmp_path / f"{before}.py").write_text(CODE)
    (tmp_path / f"{after}.py").write_bytes(convert(tmp_path / "legacy").files["code.py"])

    def database(side: str) -> None:
        path = tmp_path / f"{side}.duckdb"
        databases.append(path)
        monkeypatch.setenv("BAKERY_DB", str(path))
        with duckdb.connect(str(path)) as connection:
            connection.execute(ORDERS)

    database("dagster")
    legacy = import_module(before)
    assert legacy.defs.resolve_job_def(job).execute_in_process().success
    wanted = ended(tmp_path / "dbt" / "target")
    shutil.rmtree(tmp_path / "dbt" / "target")
    parse_dbt(tmp_path / "dbt")
    database("prefect")
    sys.modules.pop(before)
    results: list[str] = []
    target = import_module(after)
    for step in (target.early, target.late):
        assert step.dbt_graph.assets
    from prefect_support import dbt_project

    cli = dbt_project.DbtProject.cli

    def noted(self: object, *args: object, **given: object) -> object:
        answer = cli(self, *args, **given)
        results.extend(node.unique_id.split(".")[2] for node in answer.nodes)
        return answer

    monkeypatch.setattr(dbt_project.DbtProject, "cli", noted)
    assert getattr(target, job)(return_state=True).is_completed()
    assert sorted(results) == wanted
    assert wanted
    made = []
    for path in databases:
        with duckdb.connect(str(path)) as connection:
            made.append(connection.sql("select table_name from duckdb_tables() order by 1").fetchall())
    assert made[0] == made[1]
