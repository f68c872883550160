"""Keys, edges and checks read from a manifest: the same that dagster-dbt reads from it."""

import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

MODELS = {
    "models/marts/with_schema.sql": (
        "{{ config(schema='marts', tags=['daily']) }} select * from {{ ref('fct_sales') }}"
    ),
    "models/marts/with_key.sql": (
        "{{ config(meta={'dagster': {'asset_key': ['far', 'away'], 'group': 'special',"
        " 'owners': ['team:till']}}) }} select * from {{ ref('with_schema') }}"
    ),
    "models/marts/two_versions_v1.sql": "select 1 as x",
    "models/marts/two_versions_v2.sql": "select 2 as x from {{ ref('order_lines') }}",
    "models/marts/reads_versions.sql": (
        "{{ config(group='finance') }} select * from {{ ref('two_versions', v=1) }}"
    ),
    "models/marts/plain_source.sql": "select * from {{ source('other', 'weather') }}",
    "models/marts/switched_off.sql": "{{ config(enabled=false) }} select 1 as x",
    "snapshots/kept.sql": (
        "{% snapshot kept %}{{ config(unique_key='product', strategy='check', check_cols='all',"
        " target_schema='snapshots') }} select * from {{ ref('products') }}{% endsnapshot %}"
    ),
    "tests/one_parent.sql": "select * from {{ ref('fct_sales') }} where amount < 0",
    "tests/two_parents.sql": "select 1 from {{ ref('fct_sales') }}, {{ ref('products') }} where false",
    "tests/two_parents_one_named.sql": (
        "{{ config(severity='warn', meta={'dagster': {'ref': {'name': 'fct_sales'}}}) }}"
        " select 1 from {{ ref('fct_sales') }}, {{ ref('products') }} where false"
    ),
    "tests/of_a_source.sql": "select * from {{ source('shop', 'raw_orders') }} where quantity < 0",
    "models/marts/marts.yml": """
version: 2
groups:
  - name: finance
    owner: {name: Finance, email: finance@example.com}
sources:
  - name: other
    schema: main
    tables:
      - name: weather
        columns: [{name: day, data_tests: [not_null]}]
models:
  - name: two_versions
    versions: [{v: 1}, {v: 2}]
    columns: [{name: x, data_tests: [unique]}]
  - name: with_key
    columns: [{name: product, data_tests: [{not_null: {config: {severity: WARN}}}]}]
""",
}


@pytest.fixture(scope="module")
def manifest(
    parsed_dbt: Path, parse_dbt: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("graph") / "dbt"
    shutil.copytree(parsed_dbt, folder)
    for name, text in MODELS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    parse_dbt(folder)
    return folder / "target" / "manifest.json"


Graph = dict[str, Any]


def dagster_graph(manifest: Path, select: str = "", exclude: str = "", translator: Any = None) -> Graph:
    from dagster import AssetExecutionContext
    from dagster_dbt import dbt_assets

    @dbt_assets(
        manifest=manifest,
        select=select or "fqn:*",
        exclude=exclude or "",
        dagster_dbt_translator=translator,
    )
    def models(context: AssetExecutionContext) -> Iterator[Any]:
        yield

    return {
        "assets": {
            spec.key.to_user_string(): (
                sorted(dep.asset_key.to_user_string() for dep in spec.deps),
                None if spec.group_name == "default" else spec.group_name,
                list(spec.owners),
            )
            for spec in models.specs
        },
        "checks": sorted((c.asset_key.to_user_string(), c.name, c.blocking) for c in models.check_specs),
    }


def support_graph(manifest: Path, select: str = "", exclude: str = "", names: Any = None) -> Graph:
    from prefect_support.dbt_graph import read_graph

    def bare(key: str) -> str:
        return key.removeprefix("asset://")

    graph = read_graph(manifest, select=select, exclude=exclude, names=names)
    return {
        "assets": {bare(a.key): (sorted(map(bare, a.deps)), a.group, list(a.owners)) for a in graph.assets},
        "checks": sorted((bare(check.asset), check.name, check.blocking) for check in graph.checks),
    }


@pytest.mark.parametrize(
    ("select", "exclude"),
    [
        ("", ""),
        ("fqn:*", "tag:daily"),
        ("tag:daily kept stg_orders", "resource_type:test"),
    ],
)
def test_the_graph_is_the_one_dagster_reads(manifest: Path, select: str, exclude: str) -> None:
    legacy, target = dagster_graph(manifest, select, exclude), support_graph(manifest, select, exclude)
    assert target == legacy
    assert legacy["assets"]


def named(base: Any) -> Any:
    """The same class on top of Dagster's translator, and of the target's."""

    class Names(base):  # type: ignore[misc]
        def get_group_name(self, node: Any) -> str:
            return str(node["fqn"][-2])

        def get_owners(self, node: Any) -> list[str]:
            return [*(super().get_owners(node) or ()), "team:one"]

        def get_asset_key(self, node: Any) -> Any:
            key = super().get_asset_key(node)
            return key.with_prefix("raw") if node["resource_type"] == "source" else key

        def get_asset_spec(self, manifest: Any, unique_id: str, project: Any) -> Any:
            spec = super().get_asset_spec(manifest, unique_id, project)
            node = self.get_resource_props(manifest, unique_id)
            if node["resource_type"] == "seed":
                spec = spec.replace_attributes(group_name="seeds")
            return spec.replace_attributes(key=spec.key.with_prefix(["eu", "shop"]))

    return Names


@pytest.mark.parametrize("checks", [True, False])
def test_a_translator_of_their_own(manifest: Path, checks: bool) -> None:
    from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings
    from prefect_support.dbt_naming import NodeNames, NodeSettings

    theirs = named(DagsterDbtTranslator)(DagsterDbtTranslatorSettings(enable_asset_checks=checks))
    ours = named(NodeNames)(settings=NodeSettings(enable_asset_checks=checks))
    legacy = dagster_graph(manifest, translator=theirs)
    assert support_graph(manifest, names=ours) == legacy
    assert "eu/shop/raw/raw_orders" in {dep for deps, _, _ in legacy["assets"].values() for dep in deps}
    assert bool(legacy["checks"]) is checks


def test_a_missing_manifest_says_what_to_do(tmp_path: Path) -> None:
    from prefect_support.dbt_graph import read_graph

    with pytest.raises(FileNotFoundError, match="make it with `dbt parse`"):
        read_graph(tmp_path / "manifest.json")


def test_the_task_carries_assets_and_checks(manifest: Path) -> None:
    from prefect_support.dbt_models import dbt_models
    from prefect_support.dbt_naming import NodeNames

    class Names(NodeNames):
        def get_asset_key(self, node: Any) -> Any:
            return super().get_asset_key(node).with_prefix("shop")

    @dbt_models(manifest, names=Names(), tags=["a"])
    def models() -> None:
        """Everything."""

    assert {asset.key for asset in models.assets} >= {"asset://shop/fct_sales", "asset://shop/far/away"}
    assert models.dbt_graph.sources == ("asset://shop/other/weather", "asset://shop/raw_orders")
    assert ("asset://shop/fct_sales", "one_parent") in {(c.asset, c.name) for c in models.checks}
    assert models.name == "models"


OLDER = """import json

from dagster_dbt import load_assets_from_dbt_manifest

older = load_assets_from_dbt_manifest(
    json.load(open({manifest!r})), key_prefix=["duck", "shop"], source_key_prefix="raw"
)
"""


def test_what_stands_for_an_older_loader_has_its_prefixes(manifest: Path) -> None:
    import libcst as cst

    from migrate.reading.lines import lines_of
    from migrate.reading.older import modernised

    tree = cst.parse_module(OLDER.format(manifest=str(manifest)))
    newer, _ = modernised(tree, "older", False, lambda: lines_of(tree))
    namespace: dict[str, Any] = {}
    gone = "from dagster_dbt import load_assets_from_dbt_manifest\n"  # of versions before 0.25
    exec(newer.code.replace(gone, ""), namespace)
    (models,) = namespace["older"]
    with_key = "far/away"  # said in the model's own metadata
    plain = dagster_graph(manifest)["assets"]
    made = {f"duck/shop/{key}" for key in plain}
    assert {spec.key.to_user_string() for spec in models.specs} == made
    assert f"duck/shop/{with_key}" in made
    read = {dep.asset_key.to_user_string() for spec in models.specs for dep in spec.deps}
    sources = {dep for deps, _, _ in plain.values() for dep in deps} - set(plain)
    assert read - made == {f"raw/{key}" for key in sources}
    assert sources


def test_a_selection_is_read_where_dbt_has_run_nothing_yet(
    parsed_dbt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect_support.dbt_graph import read_graph

    # as dbt's module is when it has just been imported
    monkeypatch.setattr("dbt.flags.GLOBAL_FLAGS", Namespace(USE_COLORS=True))
    graph = read_graph(parsed_dbt / "target" / "manifest.json", select="stg_orders")
    assert [asset.key for asset in graph.assets] == ["asset://stg_orders"]
