"""What assets ask of their own definition: the same in Dagster and, converted, in Prefect."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from migrate.conversion import convert

PROJECT = """
import dagster as dg
from dagster_shared import check

SAID = {}


def make_report(key, report, partitions_def=None):
    @dg.asset(key=key, metadata={"report": report, "rows": 10}, partitions_def=partitions_def)
    def _asset(context: dg.AssetExecutionContext):
        own = context.assets_def
        whole = context.assets_def.metadata_by_key[context.asset_key]
        found = [own.metadata_by_key[own.key]["report"], sorted(whole), [k.path for k in own.keys]]
        if context.has_partition_key and isinstance(own.partitions_def, dg.MultiPartitionsDefinition):
            partitions_def = check.inst(obj=own.partitions_def, ttype=dg.MultiPartitionsDefinition)
            days = partitions_def.get_partitions_def_for_dimension("day")
            if isinstance(days, dg.MonthlyPartitionsDefinition):
                found.append("months")
            elif isinstance(days, (dg.DailyPartitionsDefinition, dg.HourlyPartitionsDefinition)):
                found.append("days")
            else:
                found.append("others")
            part = context.partition_key.keys_by_dimension["day"]
            found += [days.get_first_partition_key(), part == days.get_last_partition_key()]
        elif own.partitions_def is not None:
            found += [*own.partitions_def.get_partition_keys(), context.partition_key]
        else:
            found.append("no partitions")
        SAID["/".join(context.asset_key.path)] = found

    return _asset


def make_search(asset_key, base, words=None):
    if words is None:
        words = ["*"]

    @dg.asset(key=asset_key, metadata={"base": base, "words": words})
    def _asset(context: dg.AssetExecutionContext):
        words = list(context.assets_def.get_asset_spec().metadata["words"])
        asked = dict(**context.assets_def.metadata_by_key[context.asset_key])
        SAID["/".join(context.asset_key.path)] = [words, asked]

    return _asset


def make_params(name, params=None):
    @dg.asset(name=name, metadata=params)
    def _asset(context: dg.AssetExecutionContext):
        SAID[name] = dict(context.assets_def.metadata_by_key[context.asset_key])

    return _asset


REGIONS = dg.StaticPartitionsDefinition(["north", "south"])
DAYS = dg.MultiPartitionsDefinition(
    {"region": REGIONS, "day": dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-04")}
)
MONTHS = dg.MultiPartitionsDefinition(
    {"region": REGIONS, "day": dg.MonthlyPartitionsDefinition("2024-01-01", end_date="2024-04-01")}
)
plain = make_report(["shop", "plain"], "p")
regional = make_report(["shop", "regional"], "r", REGIONS)
daily = make_report(["shop", "daily"], "d", partitions_def=DAYS)
monthly = make_report(["shop", "monthly"], "m", partitions_def=MONTHS)
search = make_search(["shop", "search"], "dc=x")
search_two = make_search(["shop", "search_two"], "dc=y", ["a", "b"])
without = make_params("without")
with_some = make_params("with_some", {"limit": 3})


@dg.asset(metadata={"limit": 3}, group_name="own", partitions_def=dg.StaticPartitionsDefinition(["x"]))
def alone(context: dg.AssetExecutionContext):
    own = context.assets_def
    group = own.group_names_by_key[context.asset_key]
    limit = own.specs_by_key[own.key].metadata["limit"]
    SAID["alone"] = [group, limit, own.op.name, list(own.partitions_def.get_partition_keys())]


assets = [plain, regional, daily, monthly, search, search_two, without, with_some, alone]
defs = dg.Definitions(assets=assets)
"""
PARTITIONS = {
    "regional": ["south"],
    "daily": ["2024-01-02|north", "2024-01-03|south"],
    "monthly": ["2024-01-01|north", "2024-03-01|north"],
    "alone": ["x"],
}
ASSETS = ("plain", "regional", "daily", "monthly", "search", "search_two", "without", "with_some", "alone")


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModuleType, ModuleType, str]:
    """The project, what it becomes, and the flows over it."""
    legacy = tmp_path_factory.mktemp("legacy") / "own_before.py"
    legacy.write_text(PROJECT)
    result = convert(legacy.parent)
    assert set(result.summary) <= {"converted", "adapted", "undeployed"}, result.entries
    after = tmp_path_factory.mktemp("after") / "own_after.py"
    after.write_bytes(result.files["own_before.py"])
    assert b"import dagster" not in after.read_bytes()
    flows = result.files["materialize.py"].decode()
    return load(legacy, "own_before"), load(after, "own_after"), flows


def in_dagster(module: ModuleType, name: str, partition: str | None) -> dict[str, Any]:
    import dagster as dg

    module.SAID.clear()
    assert dg.materialize([getattr(module, name)], partition_key=partition).success
    return dict(module.SAID)


def in_prefect(module: ModuleType, name: str, partition: str | None) -> dict[str, Any]:
    module.SAID.clear()
    task = getattr(module, name)
    given = {}
    if "partition_key" in task.fn.__annotations__:
        several = {"daily": "DAYS", "monthly": "MONTHS"}.get(name)
        given["partition_key"] = getattr(module, several).check(partition) if several else partition
    task(**given)
    return dict(module.SAID)


@pytest.mark.real
@pytest.mark.parametrize("name", ASSETS)
def test_an_asset_is_told_the_same_of_itself(
    name: str, both: tuple[ModuleType, ModuleType, str], prefect: str
) -> None:
    before, after, _ = both
    for partition in PARTITIONS.get(name, [None]):
        told = in_dagster(before, name, partition)
        assert told
        assert in_prefect(after, name, partition) == told


def test_a_flow_without_partitions_may_be_given_one_and_does_without(
    both: tuple[ModuleType, ModuleType, str],
) -> None:
    flows = both[2]
    assert "(partition_key: str | None = None) -> State[Any]:" in flows
    assert "shop__plain_future = plain.submit(partition_key)" in flows
    assert "(partition_key: str)" not in flows
