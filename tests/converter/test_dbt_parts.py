"""Jobs that take some of what dbt steps make: what each flow asks of the step."""

import re
from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

DEFS = """import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, build_dbt_asset_selection, dbt_assets


class Names(DagsterDbtTranslator):
    def get_asset_key(self, dbt_resource_props):
        return super().get_asset_key(dbt_resource_props).with_prefix("far")


@dbt_assets(manifest="shop/target/manifest.json"{early})
def early(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dbt_assets(manifest="shop/target/manifest.json"{late})
def late(context: dg.AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


@dg.asset(deps=["raw"])
def report() -> None: ...


job = dg.define_asset_job("job", {selection})
defs = dg.Definitions(
    [{steps}, report], jobs=[job], resources={{"dbt": DbtCliResource("shop", profiles_dir="shop")}}
)
"""
FILES = {
    "shop/dbt_project.yml": "name: shop\n",
    "shop/models/raw.sql": "select 1 as x",
    "shop/models/marts/orders.sql": "select * from {{ ref('raw') }}",
    "shop/models/marts/sales.sql": "select * from {{ ref('orders') }}",
    "shop/models/target/raw/kept.sql": "select * from {{ ref('sales') }}",
}
KEYS = "dg.AssetSelection.assets"
ALONE, BOTH = "early", "early, late"


def flow_of(
    root: Path, selection: str, early: str = "", late: str = ', select="never"', steps: str = ALONE
) -> str:
    """The steps that the job's flow submits, or why it is refused."""
    code = DEFS.format(early=early, late=late, selection=selection, steps=steps)
    for name, text in {"defs.py": code, **FILES}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    result = convert(root)
    (job,) = [c for c in as_json(result)["constructs"] if c["kind"] == "define_asset_job"]
    if job["disposition"] == "manual":
        return str(job["note"])
    flow = result.files["defs.py"].decode().partition("def job(")[2]
    return " ".join(re.findall(r"= (\w+(?:\.part\([^)]*\))?)\.submit", re.sub(r"\s*\n\s*", "", flow)))


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        (f'{KEYS}("orders", "raw")', 'early.part(keys=["orders", "raw"])'),
        (f'{KEYS}("orders", "report")', 'early.part(keys=["orders"]) report'),
        ('dg.AssetSelection.keys("orders").downstream()', 'early.part(keys=["kept", "orders", "sales"])'),
        (f'{KEYS}("orders").without_checks()', 'early.part(keys=["orders"], tests=False)'),
        (f"{KEYS}(early).without_checks()", "early.part(tests=False)"),
        (
            f'{KEYS}("orders") - dg.AssetSelection.all_asset_checks()',
            'early.part(keys=["orders"], tests=False)',
        ),
        (f"{KEYS}(early)", "early"),
        ('build_dbt_asset_selection([early], "tag:x")', 'early.part(select="tag:x")'),
        (
            'build_dbt_asset_selection([early], "tag:x").without_checks()',
            'early.part(select="tag:x", tests=False)',
        ),
        (
            f'build_dbt_asset_selection([early], "tag:x") | {KEYS}("orders")',
            'early.part(select="tag:x", keys=["orders"])',
        ),
        ('build_dbt_asset_selection([early], "marts")', 'early.part(keys=["orders", "sales"])'),
        (
            'build_dbt_asset_selection([early], "shop.marts.orders+")',
            'early.part(keys=["kept", "orders", "sales"])',
        ),
    ],
)
def test_a_part_of_the_only_step(tmp_path: Path, selection: str, wanted: str) -> None:
    assert flow_of(tmp_path, selection) == wanted


@pytest.mark.parametrize(
    ("selection", "wanted"),
    [
        ('dg.AssetSelection.checks_for_assets("orders")', "apart from their models"),
        (f'{KEYS}("orders") | {KEYS}("raw").without_checks()', "apart from their models"),
        (
            f'build_dbt_asset_selection([early], "tag:x") | {KEYS}("raw").without_checks()',
            "it takes tests of some models that early makes, and none of others",
        ),
    ],
)
def test_tests_apart_from_their_models_are_refused(tmp_path: Path, selection: str, wanted: str) -> None:
    assert wanted in flow_of(tmp_path, selection)


def test_what_needs_none_of_the_part_does_not_wait_for_it(tmp_path: Path) -> None:
    flow_of(tmp_path, f'{KEYS}("orders", "report")')
    assert "wait_for" not in convert(tmp_path).files["defs.py"].decode()
    flow_of(tmp_path, f'{KEYS}("raw", "report")')
    assert "wait_for=[early_future]" in convert(tmp_path).files["defs.py"].decode()


def test_parts_of_two_steps(tmp_path: Path) -> None:
    """What each step takes of the project is read: names and folders, what is around them, exclusions."""
    early, late = ', select="+orders"', ', select="fqn:*", exclude="+orders"'
    got = flow_of(tmp_path, f'{KEYS}("orders", "kept")', early, late, BOTH)
    assert got == 'early.part(keys=["orders"]) late.part(keys=["kept"])'
    assert flow_of(tmp_path, f'{KEYS}("orders", "raw")', early, late, BOTH) == "early"


def test_two_steps_of_which_dbt_tells_what_they_take(tmp_path: Path) -> None:
    got = flow_of(tmp_path, f'{KEYS}("orders", "kept")', ', select="tag:a"', ', select="tag:b"', BOTH)
    assert "which dbt step makes" in got


def test_a_model_named_like_a_folder_is_for_dbt_to_say_or_both(tmp_path: Path) -> None:
    assert flow_of(tmp_path, f'{KEYS}("raw")') == 'early.part(keys=["raw"])'
    inner = 'build_dbt_asset_selection([early], "target.raw raw")'
    assert flow_of(tmp_path, inner) == 'early.part(keys=["kept", "raw"])'


def test_keys_of_a_translator(tmp_path: Path) -> None:
    got = flow_of(tmp_path, f'{KEYS}(["far", "orders"])', ", dagster_dbt_translator=Names()")
    assert got == 'early.part(keys=["far/orders"])'
