"""Partitions of every kind have the keys that Dagster gives them, by both probes, up to one moment."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shims.foreign.dagster_probe.policies import partition_keys
from shims.foreign.prefect_probe.partitions import keys_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def support(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shutil.copytree(ROOT / "migrate" / "support", tmp_path / "prefect_support")
    (tmp_path / "prefect_support" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in [n for n in sys.modules if n.partition(".")[0] == "prefect_support"]:
        del sys.modules[name]


@pytest.mark.real
@pytest.mark.usefixtures("support")
def test_every_kind_of_partition_has_dagsters_keys() -> None:
    import dagster as dg
    from prefect_support import dynamic_partitions, partitions, time_windows

    zone = "Europe/Berlin"
    days = dg.DailyPartitionsDefinition("2025-03-20", timezone=zone)
    pairs: list[tuple[Any, Any]] = [
        (dg.StaticPartitionsDefinition(["b", "a"]), partitions.partition_of(["b", "a"])),
        (days, time_windows.daily("2025-03-20", timezone=zone)),
        (dg.MonthlyPartitionsDefinition("2025-01-01"), time_windows.monthly("2025-01-01")),
        (dg.WeeklyPartitionsDefinition("2025-02-01"), time_windows.weekly("2025-02-01")),
        (
            dg.HourlyPartitionsDefinition("2025-12-30-00:00", timezone=zone),
            time_windows.hourly("2025-12-30-00:00", timezone=zone),
        ),
        (dg.DynamicPartitionsDefinition(name="towns"), dynamic_partitions.DynamicPartitions("towns")),
        (
            dg.MultiPartitionsDefinition({"day": days, "area": dg.StaticPartitionsDefinition(["n", "s"])}),
            partitions.MultiPartitions(
                {
                    "day": time_windows.daily("2025-03-20", timezone=zone),
                    "area": partitions.partition_of(["n", "s"]),
                }
            ),
        ),
        (
            dg.MultiPartitionsDefinition(
                {
                    "town": dg.DynamicPartitionsDefinition(name="towns"),
                    "area": dg.StaticPartitionsDefinition(["n", "s"]),
                }
            ),
            partitions.MultiPartitions(
                {
                    "town": dynamic_partitions.DynamicPartitions("towns"),
                    "area": partitions.partition_of(["n", "s"]),
                }
            ),
        ),
    ]
    for theirs, ours in pairs:
        expected = partition_keys(theirs)
        assert expected
        assert keys_of(ours) == expected
    assert keys_of(pairs[5][1]) == ["<dynamic:towns>"]
    assert keys_of(pairs[7][1]) == ["area: n, s", "town: <dynamic:towns>"]
    assert keys_of(time_windows.daily("2025-03-21", timezone=zone)) != partition_keys(days)


@pytest.mark.real
@pytest.mark.usefixtures("support")
def test_windows_that_begin_later_are_partitions_without_keys() -> None:
    import dagster as dg
    from prefect_support import time_windows

    assert keys_of(time_windows.daily("2031-01-01")) == []
    assert partition_keys(dg.DailyPartitionsDefinition("2031-01-01")) == []
    assert keys_of("no partition") is None
