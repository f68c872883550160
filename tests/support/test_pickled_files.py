"""The files of Dagster's default store, read by the target, and the other way round."""

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real


def test_what_dagster_kept_is_read_and_the_other_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dagster as dg
    from prefect_support.io import load, store  # type: ignore[import-not-found]
    from prefect_support.pickled_files import PickledFiles  # type: ignore[import-not-found]

    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    sides = dg.StaticPartitionsDefinition(["left", "right"])

    @dg.asset(key_prefix="raw")  # type: ignore[misc]
    def orders() -> list[int]:
        return [1, 2]

    @dg.asset  # type: ignore[misc]
    def nothing():  # type: ignore[no-untyped-def]
        return None

    @dg.asset(partitions_def=sides)  # type: ignore[misc]
    def sided() -> str:
        return "kept"

    @dg.asset(ins={"orders": dg.AssetIn(["raw", "orders"])})  # type: ignore[misc]
    def reading(orders: Any) -> Any:
        return sum(orders)

    with dg.DagsterInstance.get() as instance:
        assert dg.materialize([orders, nothing], instance=instance).success
        assert dg.materialize([sided], instance=instance, partition_key="left").success
        assert load(PickledFiles(), "asset://raw/orders") == [1, 2]
        assert load(PickledFiles(), "asset://nothing") is None
        assert load(PickledFiles(), "asset://sided", "left") == "kept"
        with pytest.raises(FileNotFoundError):
            load(PickledFiles(), "asset://sided", "right")

        store(PickledFiles(), "asset://raw/orders", [5, 6])
        result = dg.materialize([orders, reading], selection=[reading], instance=instance)
        assert result.output_for_node("reading") == 11


def test_all_partitions_are_read_as_dagster_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dagster as dg
    from prefect_support.partition_maps import all_of, load_each  # type: ignore[import-not-found]
    from prefect_support.partitions import partition_of  # type: ignore[import-not-found]
    from prefect_support.pickled_files import PickledFiles  # type: ignore[import-not-found]

    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    sides = dg.StaticPartitionsDefinition(["left", "right"])
    own = partition_of(["left", "right"])

    @dg.asset(partitions_def=sides)  # type: ignore[misc]
    def sided(context: dg.AssetExecutionContext) -> str:
        return f"kept {context.partition_key}"

    @dg.asset  # type: ignore[misc]
    def reading(sided: Any) -> Any:
        return sided

    def read(instance: dg.DagsterInstance) -> Any:
        done = dg.materialize([sided, reading], selection=[reading], instance=instance)
        return done.output_for_node("reading")

    with dg.DagsterInstance.get() as instance:
        dg.materialize([sided], instance=instance, partition_key="left")
        with pytest.raises(FileNotFoundError):
            read(instance)
        with pytest.raises(FileNotFoundError):
            load_each(PickledFiles(), "asset://sided", all_of(own))
        dg.materialize([sided], instance=instance, partition_key="right")
        told = load_each(PickledFiles(), "asset://sided", all_of(own))
        assert told == read(instance) == {"left": "kept left", "right": "kept right"}
