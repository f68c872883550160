"""The upstream keys are those that Dagster's own partition mappings give."""

from datetime import UTC, datetime

import dagster as dg
import pytest

NOW = datetime(2024, 3, 1, tzinfo=UTC)
DAYS, WEEKS = dg.DailyPartitionsDefinition("2024-01-01"), dg.WeeklyPartitionsDefinition("2024-01-07")
LANDS = dg.StaticPartitionsDefinition(["de", "fr"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "land": LANDS})


def dagsters(
    mapping: dg.PartitionMapping, down: dg.PartitionsDefinition, up: dg.PartitionsDefinition, key: str
) -> set[str]:
    from dagster._core.definitions.partitions.context import partition_loading_context

    with partition_loading_context(NOW, None):
        found = mapping.get_upstream_mapped_partitions_result_for_partitions(
            down.subset_with_partition_keys([key]), down, up
        )
        return set(found.partitions_subset.get_partition_keys())


@pytest.mark.parametrize("key", ["2024-01-14", "2024-02-18"])
def test_overlapping_windows(key: str) -> None:
    from prefect_support.partition_maps import overlapping
    from prefect_support.time_windows import daily, weekly

    days, weeks = daily("2024-01-01"), weekly("2024-01-07")
    mapping = dg.TimeWindowPartitionMapping()
    assert set(overlapping(days, weeks, key)) == dagsters(mapping, WEEKS, DAYS, key)
    assert set(overlapping(weeks, days, key)) == dagsters(mapping, DAYS, WEEKS, key)


@pytest.mark.parametrize("by", [-2, -1, 1])
def test_shifted_windows(by: int) -> None:
    from prefect_support.partition_maps import shifted
    from prefect_support.time_windows import daily

    mapping = dg.TimeWindowPartitionMapping(start_offset=by, end_offset=by)
    assert {shifted(daily("2024-01-01"), "2024-02-01", by)} == dagsters(mapping, DAYS, DAYS, "2024-02-01")
    with pytest.raises(ValueError, match="no partition"):
        shifted(daily("2024-01-01"), "2024-01-01", -1)


def test_one_dimension_of_several() -> None:
    from prefect_support.partition_maps import with_part
    from prefect_support.partitions import MultiPartitions, partition_of

    keys = MultiPartitions(
        {"day": partition_of(["2024-01-01", "2024-01-02"]), "land": partition_of(["de", "fr"])}
    )
    mapping = dg.MultiToSingleDimensionPartitionMapping("day")
    assert set(with_part(keys, "day", "2024-01-02")) == dagsters(mapping, DAYS, BOTH, "2024-01-02")
    assert {keys.parts("2024-01-02|fr")["day"]} == dagsters(mapping, BOTH, DAYS, "2024-01-02|fr")


def test_one_value_or_several_by_key(tmp_path: object) -> None:
    from prefect_support.io import store
    from prefect_support.partition_maps import load_each
    from prefect_support.pickled_files import PickledFiles

    files = PickledFiles(base_dir=str(tmp_path))
    for key in ("a", "b"):
        store(files, "asset://x", key.upper(), key)
    assert load_each(files, "asset://x", ["a", "b"]) == {"a": "A", "b": "B"}
    assert load_each(files, "asset://x", ["b"]) == "B"
    assert load_each(files, "asset://x", []) is None
