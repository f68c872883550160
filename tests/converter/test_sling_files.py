"""The streams of a replication's file are assets: a job may select them, and others may need them by name."""

from __future__ import annotations

from pathlib import Path

from migrate.conversion import convert

CODE = """import dagster as dg
from dagster_sling import SlingResource, sling_assets

plan = dg.file_relative_path(__file__, "replication.yaml")


@sling_assets(replication_config=plan)
def loaded(context, sling: SlingResource):
    yield from sling.replicate(context=context)


@dg.asset(deps=[dg.AssetKey("orders")])
def counted() -> None: ...


everything = dg.define_asset_job("everything", selection=[dg.AssetKey(["target", "data", "orders"])])
sling = SlingResource(connections=[])
defs = dg.Definitions([loaded, counted], jobs=[everything], resources={"sling": sling})
"""


def test_a_file_beside_the_module_tells_the_keys(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(CODE)
    (tmp_path / "replication.yaml").write_text("source: A\ntarget: B\nstreams:\n  data.orders:\n")
    result = convert(tmp_path)
    assert result.summary.get("manual", 0) == 0, [e.outcome for e in result.entries]
    code = result.files["shop.py"].decode()
    assert 'asset_deps=["asset://target/data/orders"]' in code
    assert '@flow(name="everything"' in code


def test_a_file_that_is_not_there_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(CODE)
    result = convert(tmp_path)
    assert result.summary["manual"] == 1
    assert 'asset_deps=["asset://orders"]' in result.files["shop.py"].decode()
