"""What a condition of Dagster's starts makes the latest partition, or every one where none is the latest."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

SOURCE = """import dagster as dg

days = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")
lands = dg.StaticPartitionsDefinition(["de", "fr"])


@dg.asset
def raw() -> int:
    return 1


@dg.asset(partitions_def=days, deps=[raw], automation_condition=dg.AutomationCondition.eager())
def of_a_day(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


@dg.asset(partitions_def=days, automation_condition=dg.AutomationCondition.on_cron("0 3 * * *"))
def at_three(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


@dg.asset(partitions_def=lands, deps=[raw], automation_condition=dg.AutomationCondition.eager())
def of_a_land(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


@dg.asset(partitions_def=lands, automation_condition=dg.AutomationCondition.on_cron("0 4 * * *"))
def at_four(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


@dg.asset(partitions_def=lands, deps=[raw])
def by_hand(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


defs = dg.Definitions(assets=[raw, of_a_day, at_three, of_a_land, at_four, by_hand])
"""


def test_a_run_that_names_no_partition_makes_the_latest(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(SOURCE)
    result = convert(tmp_path)
    lines = result.files["materialize.py"].decode().splitlines()
    for flow in ("eager_assets", "on_cron_0_3"):
        at = lines.index(f"def {flow}(partition_key: Days | None = None) -> State[Any]:")
        assert lines[at + 1] == "    partition_key = partition_key or days.latest()"
    for flow in ("eager_assets_2", "on_cron_0_4"):
        at = lines.index(f"def {flow}(partition_key: Lands | None = None) -> State[Any]:")
        assert lines[at + 1 : at + 3] == [
            "    if partition_key is None:",
            f"        return each({flow}, lands.keys)",
        ]
    assert "def materialize_all_2(partition_key: Lands) -> State[Any]:" in lines
    assert set(result.summary) <= {"converted", "adapted"}


MAPPED = "deps=[dg.AssetDep(of_a_land, partition_mapping=dg.AllPartitionMapping())]"
BELOW = """

@dg.asset(partitions_def=lands, {deps}, automation_condition=dg.AutomationCondition.eager())
def below(context: dg.AssetExecutionContext) -> str:
    return context.partition_key


defs = dg.Definitions(assets=[raw, of_a_day, at_three, of_a_land, at_four, by_hand, below])
"""
PARTITIONS = "no flow runs it: what starts it does not say which of its partitions to make"


@pytest.mark.parametrize("deps", ["deps=[by_hand]", "deps=['elsewhere']", "deps=[of_a_day]", MAPPED])
def test_what_may_concern_one_partition_alone_is_refused(tmp_path: Path, deps: str) -> None:
    head = SOURCE.rpartition("\n\ndefs = ")[0]
    (tmp_path / "code.py").write_text(head + BELOW.format(deps=deps))
    noted = {c["name"]: (c["disposition"], c["note"]) for c in as_json(convert(tmp_path))["constructs"]}
    assert noted["below"] == ("manual", PARTITIONS)


def test_crons_that_are_spelled_alike_have_flows_of_their_own(tmp_path: Path) -> None:
    asset = "@dg.asset(automation_condition=dg.AutomationCondition.on_cron('{}'))\ndef {}() -> None: ...\n"
    code = [asset.format("*/10 * * * *", "often"), asset.format("10 * * * *", "seldom")]
    ending = "defs = dg.Definitions(assets=[often, seldom])\n"
    (tmp_path / "shop.py").write_text("\n\n".join(["import dagster as dg", *code, ending]))
    files = convert(tmp_path).files
    named = [
        line.split("def ")[1] for line in files["materialize.py"].decode().splitlines() if "def " in line
    ]
    assert len(named) == len(set(named)) == 2
    deployments = files["prefect.yaml"].decode()
    assert all(f"entrypoint: materialize.py:{name.split('(')[0]}\n" in deployments for name in named)
