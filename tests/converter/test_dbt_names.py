"""The keys that a dbt translator of the project gives are known when converting."""

import re
from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert
from migrate.reporting import inventory_of

HEAD = """import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets


class Keys(DagsterDbtTranslator):
{methods}


class Models(Keys):
    pass


@dg.asset(key=["{source}"])
def loaded() -> None: ...


@dbt_assets(manifest="shop/target/manifest.json", dagster_dbt_translator=Models())
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset(deps=[dg.AssetKey({model})])
def report() -> None: ...


everything = dg.define_asset_job("everything")
dbt = DbtCliResource("shop")
defs = dg.Definitions([loaded, models, report], jobs=[everything], resources={{"dbt": dbt}})
"""
PREFIXED = """
    def get_asset_key(self, dbt_resource_props):
        return super().get_asset_key(dbt_resource_props).with_prefix("eu")
"""
SOURCES = """
    def get_asset_key(self, node):
        name = node["name"]
        if node["resource_type"] == "source":
            return dg.AssetKey(f"raw_{name}")
        return super().get_asset_key(node)
"""
SPECS = """
    def _key(self, props):
        return dg.AssetKey("x" if props["resource_type"] == "source" else [props["fqn"][1], props["name"]])

    def get_asset_spec(self, manifest, unique_id, project):
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        return spec.replace_attributes(key=self._key(props)).merge_attributes(tags={"a": "b"})
"""
UNTOLD = """
    def get_asset_key(self, node):
        return dg.AssetKey([node["database"], node["name"]])
"""


def project(root: Path, methods: str, source: str, model: list[str]) -> Path:
    files = {
        "defs.py": HEAD.format(methods=methods, source=source, model=model),
        "shop/dbt_project.yml": "name: shop\n",
        "shop/models/staging/orders.sql": "select * from {{ source('till', 'sales') }}",
        "shop/models/marts/totals.sql": "select * from {{ ref('orders') }}",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def row(root: Path) -> Any:
    return next(r for r in inventory_of(root)["constructs"] if r["name"] == "models")


@pytest.mark.parametrize(
    ("methods", "source", "keys"),
    [
        (PREFIXED, "eu/till/sales", ["eu/orders", "eu/totals"]),
        (SOURCES, "raw_sales", ["orders", "totals"]),
        (SPECS, "x", ["marts/totals", "staging/orders"]),
    ],
)
def test_what_reading_tells(tmp_path: Path, methods: str, source: str, keys: list[str]) -> None:
    total = next(k for k in keys if "totals" in k).split("/")
    root = project(tmp_path, methods, source.replace("/", '", "'), total)
    found = row(root)
    assert (sorted(found["keys"]), found["deps"]) == (keys, [source])
    flow = convert(root).files["defs.py"].decode().partition("def everything(")[2]
    first = re.search(r"(\w+) = loaded.submit", flow)
    assert first
    assert f"models.submit(dbt_resource, wait_for=[{first[1]}])" in flow
    assert "report.submit(wait_for=[models_future])" in flow


def test_what_only_running_tells_is_said(tmp_path: Path) -> None:
    result = convert(project(tmp_path, UNTOLD, "till/sales", ["totals"]))
    outcome = next(e.outcome for e in result.entries if e.construct.name == "models")
    assert "its translator tells keys when the code runs" in str(outcome)
