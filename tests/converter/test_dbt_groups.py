"""The groups of dbt's models in selections, and models whose tables another asset reads."""

from pathlib import Path

import pytest

from migrate.conversion import convert

DEFS = """import dagster as dg
import pandas as pd
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets
from dagster_duckdb_pandas import DuckDBPandasIOManager


class Names(DagsterDbtTranslator):
    def get_description(self, props):
        return props["name"]
{methods}

@dbt_assets(manifest="shop/target/manifest.json", dagster_dbt_translator=Names())
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset(group_name="marts", ins={{"totals": dg.AssetIn("totals")}})
def report(totals: pd.DataFrame) -> pd.DataFrame:
    return totals


job = dg.define_asset_job("job", {selection})
defs = dg.Definitions(
    [models, report],
    jobs=[job],
    resources={{
        "dbt": DbtCliResource("shop"),
        "io_manager": DuckDBPandasIOManager(database="shop.duckdb", schema="main"),
    }},
)
"""
FOLDERS = """
    def get_group_name(self, dbt_resource_props):
        return dbt_resource_props["fqn"][1]
"""
UNTOLD = """
    def get_group_name(self, props):
        return props["database"]
"""
SPECS = """
    def get_asset_spec(self, manifest, unique_id, project):
        return super().get_asset_spec(manifest, unique_id, project).replace_attributes(group_name="marts")
"""
MARTS = 'dg.AssetSelection.groups("marts")'


def flow_of(
    root: Path, methods: str, selection: str, dbt_project: str = "", model: str = "", also: str = ""
) -> str:
    files = {
        "defs.py": DEFS.format(methods=methods, selection=selection) + also,
        "shop/dbt_project.yml": f"name: shop\n{dbt_project}",
        "shop/models/staging/marts_of_old.sql": "select 1 as n -- marts",
        "shop/models/marts/totals.sql": model + "select * from {{ ref('marts_of_old') }}",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return convert(root).files["defs.py"].decode().partition("\ndef job(")[2]


def test_a_word_in_dbt_is_no_group(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, "", MARTS)
    assert "report.submit(io_manager_resource)" in flow
    assert "models.submit" not in flow


@pytest.mark.parametrize(
    ("dbt_project", "model"),
    [
        ("models:\n  shop:\n    marts:\n      +group: marts\n", ""),
        ("models:\n  shop:\n    +meta: {dagster: {'group': 'marts'}}\n", ""),
        ("", "{{ config(group='marts') }}"),
        ("", "{{ config(group=var('which')) }}"),
    ],
)
def test_what_dbt_may_say_is_for_a_person(tmp_path: Path, dbt_project: str, model: str) -> None:
    assert "dbt's models may have the group marts" in " ".join(
        flow_of(tmp_path, "", MARTS, dbt_project, model).replace('"', "").split()
    )


@pytest.mark.parametrize("methods", [UNTOLD, SPECS])
def test_what_a_translator_says_when_it_runs_is_for_a_person(tmp_path: Path, methods: str) -> None:
    assert "the translator of dbt's models tells" in flow_of(tmp_path, methods, MARTS)


def test_the_folders_of_the_older_loaders_are_for_a_person(tmp_path: Path) -> None:
    assert "may have the group marts" in flow_of(
        tmp_path, "", MARTS, also="# load_assets_from_dbt_manifest\n"
    )


def test_a_translator_that_is_read_tells_the_part(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, FOLDERS, MARTS)
    assert 'models.part(keys=["totals"]).submit(dbt_resource)' in flow
    assert "report.submit(io_manager_resource, wait_for=[models_future])" in flow


def test_the_table_of_a_model_is_read_by_the_io_manager(tmp_path: Path) -> None:
    flow_of(tmp_path, "", '"*"')
    code = convert(tmp_path).files["defs.py"].decode()
    assert "def report(io_manager: DuckDBTables)" in code
    assert '    totals = load(io_manager, "asset://totals")\n' in code
    assert "report.submit(io_manager_resource, wait_for=[models_future])" in code


def test_a_dbt_project_from_elsewhere_runs_where_everything_is_selected(tmp_path: Path) -> None:
    flow_of(tmp_path, "", '"*"')
    for path in sorted((tmp_path / "shop").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert "models.submit(dbt_resource)" in convert(tmp_path).files["defs.py"].decode()
    (tmp_path / "defs.py").write_text(DEFS.format(methods="", selection=MARTS))
    told = convert(tmp_path).files["defs.py"].decode().replace('"\n        "', "")
    assert "what a dbt step makes, whose project is not in this tree" in told
