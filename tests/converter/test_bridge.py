"""`--bridge`: what no rule converts stays with Dagster, behind a task or a flow of the shims."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.results import Conversion

SOURCE = """from dagster import Definitions, StaticPartitionsDefinition, asset, asset_check, define_asset_job

YEARS = StaticPartitionsDefinition(["2025", "2026"])


@asset
def raw() -> int:
    return 1


# stays where it is
@asset(deps=["outside"], partitions_def=YEARS)
def orders(context, raw: int) -> int:
    return context.get_step_execution_context().whatever + raw


@asset_check(asset=orders, blocking=True)
def orders_ok(context, orders: int):
    return context.get_step_execution_context().verdict


@asset
def total(orders: int) -> int:
    return orders


nightly = define_asset_job("nightly", selection="*", partitions_def=YEARS)
defs = Definitions(assets=[raw, orders, total], asset_checks=[orders_ok], jobs=[nightly])
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "code.py").write_text(SOURCE)
    return tmp_path


def words(result: Conversion) -> dict[str, str]:
    return {c["name"]: c["disposition"] for c in as_json(result)["constructs"]}


def test_without_the_option_it_is_refused(project: Path) -> None:
    result = convert(project)
    assert words(result)["orders"] == words(result)["orders_ok"] == "manual"
    assert b"shims" not in result.files["code.py"]


def test_what_is_not_converted_stays_with_dagster(project: Path) -> None:
    result = convert(project, bridge=True)
    found = words(result)
    assert [found[name] for name in ("raw", "orders", "orders_ok", "total")] == [
        *("converted", "bridged", "bridged", "converted")
    ]
    code = result.files["code.py"].decode()
    compile(code, "code.py", "exec")
    flat = " ".join(code.split())
    assert "from shims.prefect_bridge import bridge_asset, bridge_check" in code
    assert "# stays where it is orders = bridge_asset(" in flat
    assert '"asset://outside"' in flat
    assert '"asset://raw"' in flat
    assert "value=True" in flat
    assert 'source="code.py:13"' in flat
    assert 'bridge_check("orders", "orders_ok", blocking=True' in flat


def test_a_flow_hands_it_its_partition_and_waits_for_all_it_needs(project: Path) -> None:
    flat = " ".join(convert(project, bridge=True).files["code.py"].decode().split())
    assert 'orders.submit( partition_key=partition_key, values={"raw": raw_future} )' in flat
    assert "total.submit(orders_future, wait_for=[orders_ok_future])" in flat


def test_all_are_accounted_for(project: Path) -> None:
    for bridge in (False, True):
        result = convert(project, bridge=bridge)
        assert sum(result.summary.values()) == len({e.construct.place for e in result.entries}) == 7


def test_a_value_that_another_flow_made_is_loaded_for_it(tmp_path: Path) -> None:
    alone = SOURCE.replace('selection="*"', 'selection=["orders", "total"]')
    (tmp_path / "code.py").write_text(alone)
    flat = " ".join(convert(tmp_path, bridge=True).files["code.py"].decode().split())
    assert 'values={"raw": load(PickledFiles(), "asset://raw")}' in flat
    assert 'return store(PickledFiles(), "asset://raw", 1)' in flat


def test_a_value_that_nobody_can_hand_over_is_said_before_anything_runs(tmp_path: Path) -> None:
    parted = SOURCE.replace("@asset\ndef raw", "@asset(partitions_def=YEARS)\ndef raw")
    mapped = parted.replace("context, raw: int) -> int:", "context, raw: int) -> int:", 1).replace(
        '@asset(deps=["outside"], partitions_def=YEARS)',
        '@asset(ins={"raw": AssetIn(partition_mapping=AllPartitionMapping())}, partitions_def=YEARS)',
    )
    alone = mapped.replace('selection="*"', 'selection=["orders", "total"]')
    names = "from dagster import AllPartitionMapping, AssetIn, Definitions"
    (tmp_path / "code.py").write_text(alone.replace("from dagster import Definitions", names))
    result = convert(tmp_path, bridge=True)
    assert words(result)["nightly"] == "manual"
    (said,) = [c["note"] for c in as_json(result)["constructs"] if c["name"] == "nightly"]
    assert "orders reads" in said
    assert "raw" in said
