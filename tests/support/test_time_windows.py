"""The keys of time windows are Dagster's own: every kind, starts, zones and formats, clock changes too."""

from __future__ import annotations

import pickle
import random
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import TypeAdapter, ValidationError

pytestmark = pytest.mark.xdist_group("support")

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Sao_Paulo")
NOWS = tuple(
    datetime(2024, *rest, tzinfo=UTC)
    for rest in ((1, 1), (3, 10, 7, 30), (3, 31, 1), (11, 3, 6, 15), (10, 27, 0, 59), (12, 31, 23, 59))
)


def kinds(draw: random.Random) -> dict[str, dict[str, Any]]:
    minute, hour = draw.choice([0, 0, 15, 30]), draw.choice([0, 0, 1, 2, 3, 23])
    return {
        "Hourly": {"minute_offset": minute},
        "Daily": {"minute_offset": minute, "hour_offset": hour},
        "Weekly": {"minute_offset": minute, "hour_offset": hour, "day_offset": draw.randrange(7)},
        "Monthly": {"minute_offset": minute, "hour_offset": hour, "day_offset": draw.choice([1, 1, 15, 28])},
    }


def both(kind: str, offsets: dict[str, Any], given: dict[str, Any]) -> tuple[Any, Any]:
    import dagster
    from prefect_support import time_windows

    ours = getattr(time_windows, kind.lower())
    renamed = {name.removesuffix("_offset"): value for name, value in offsets.items()}
    mine = ours(
        given["start_date"],
        given.get("end_date"),
        **renamed,
        **{k: v for k, v in given.items() if not k.endswith("_date")},
    )
    return mine, getattr(dagster, f"{kind}PartitionsDefinition")(**given, **offsets)


def the_same(mine: Any, theirs: Any, now: datetime) -> None:
    keys = mine.keys_at(now)
    assert list(keys) == list(theirs.get_partition_keys(current_time=now)), (mine, now)
    for key in {*keys[:2], *keys[-2:]}:
        window, expected = mine.window(key), theirs.time_window_for_partition_key(key)
        assert window.start.timestamp() == expected.start.timestamp(), (mine, key)
        assert window.end.timestamp() == expected.end.timestamp(), (mine, key)
        assert window.start.isoformat() == expected.start.isoformat()


@pytest.mark.parametrize("kind", ["Hourly", "Daily", "Weekly", "Monthly"])
@pytest.mark.parametrize("zone", ZONES)
def test_keys_are_those_of_dagster(kind: str, zone: str) -> None:
    draw = random.Random(f"{kind} {zone}")
    for now in NOWS:
        back = timedelta(days={"Hourly": 5, "Daily": 40, "Weekly": 200, "Monthly": 700}[kind])
        begun = now - back * draw.random()
        fmt = draw.choice(
            ["%Y-%m-%d-%H:%M", "%Y-%m-%d-%H:%M%z"] if kind == "Hourly" else ["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y"]
        )
        given: dict[str, Any] = {"start_date": begun.strftime(fmt), "timezone": zone, "fmt": fmt}
        if draw.random() < 0.4:
            given["end_date"] = (begun + back * draw.random()).strftime(fmt)
        given["end_offset"] = draw.choice([0, 0, 0, 1, 2, -1, -2])
        the_same(*both(kind, kinds(draw)[kind], given), now)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_days_on_which_the_clock_is_set(zone: str, month: int) -> None:
    now = datetime(2024, month, 28, tzinfo=ZoneInfo(zone)) + timedelta(days=8)
    for kind, start in (("Hourly", f"2024-{month:02}-01-00:00"), ("Daily", f"2024-{month:02}-01")):
        for minute, hour in ((0, 0), (30, 2), (0, 2), (30, 1), (0, 3)):
            offsets = (
                {"minute_offset": minute}
                if kind == "Hourly"
                else {"minute_offset": minute, "hour_offset": hour}
            )
            mine, theirs = both(kind, offsets, {"start_date": start, "timezone": zone})
            the_same(mine, theirs, now)
            for key in mine.keys_at(now):
                assert (
                    mine.window(key).end.timestamp()
                    == theirs.time_window_for_partition_key(key).end.timestamp()
                )


@pytest.mark.parametrize(
    "cron",
    [
        "0 0 * * 1-5",
        "*/30 * * * *",
        "15 3,15 * * *",
        "0 0 1,15 * *",
        "30 2 * * *",
        "0 0 L * *",
        "0 6 13 * 5",
        "10 * * * *",
        "@daily",
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_any_cron_line(cron: str, zone: str) -> None:
    import dagster
    from prefect_support.time_windows import TimeWindows

    for now in NOWS[::2]:
        start = (now - timedelta(days=20)).replace(hour=0, minute=0)
        fmt = "%Y-%m-%d-%H:%M"
        mine = TimeWindows(cron, start.strftime(fmt), fmt, timezone=zone)
        theirs = dagster.TimeWindowPartitionsDefinition(
            start.strftime(fmt), fmt, cron_schedule=cron, timezone=zone
        )
        the_same(mine, theirs, now)


def test_starts_of_other_types_and_exclusions() -> None:
    import dagster
    from prefect_support.time_windows import TimeWindows, daily

    now, start = datetime(2024, 5, 20, tzinfo=UTC), datetime(2024, 5, 1)
    the_same(daily(start), dagster.DailyPartitionsDefinition(start), now)
    assert daily(date(2024, 5, 1)).keys_at(now) == daily("2024-05-01").keys_at(now)
    left_out = ["0 0 * * 0", datetime(2024, 5, 7)]
    mine = daily("2024-05-01", exclusions=left_out)
    the_same(mine, dagster.DailyPartitionsDefinition("2024-05-01", exclusions=left_out), now)
    assert "2024-05-05" not in mine.keys_at(now)
    assert TimeWindows("0 0 * * *", "2024-05-21").keys_at(now) == ()


def test_ticks_go_back_the_way_they_came() -> None:
    from prefect_support.cron_ticks import Ticks

    zone = ZoneInfo("Europe/Berlin")
    for cron in ("30 2 * * *", "*/20 * * * *", "0 0 1 * *", "0 9 * * mon-fri", "0 22-4/2 * jan,mar,oct *"):
        begun = datetime(2024, 3, 1, tzinfo=zone).timestamp()
        there = list(islice(Ticks(cron, zone).since(begun), 400))
        back = list(islice(Ticks(cron, zone).until(there[-1].timestamp()), 400))
        assert [t.isoformat() for t in reversed(back)] == [t.isoformat() for t in there]
    with pytest.raises(ValueError, match="never ticks"):
        next(Ticks("0 0 30 2 *", zone).since(0))
    with pytest.raises(ValueError, match="five fields"):
        Ticks("0 0 * *", zone)


def test_a_key_is_checked_by_its_window() -> None:
    from prefect_support.time_windows import daily

    days = daily("2024-01-01", "2024-02-01")
    assert days.check("2024-01-31") == "2024-01-31"
    assert (days.before("2024-01-02"), days.before("2024-01-01")) == ("2024-01-01", None)
    assert days.latest() == "2024-01-31"
    assert days.between("2024-01-30", "2024-01-31") == ("2024-01-30", "2024-01-31")
    assert days.key_of(datetime(2024, 1, 7, 12, tzinfo=UTC)) == "2024-01-07"
    for wrong in ("2023-12-31", "2024-02-01", "2024-1-31", "yesterday"):
        with pytest.raises(ValueError, match="is no partition"):
            days.check(wrong)
    with pytest.raises(ValidationError):
        TypeAdapter(Annotated[str, days]).validate_python("2024-02-01")


def test_several_dimensions() -> None:
    import dagster
    from prefect_support.partitions import MultiKey, MultiPartitions, partition_of
    from prefect_support.time_windows import daily

    mine = MultiPartitions({"day": daily("2024-01-01", "2024-01-04"), "country": partition_of(["de", "fr"])})
    theirs = dagster.MultiPartitionsDefinition(
        {
            "day": dagster.DailyPartitionsDefinition("2024-01-01", "2024-01-04"),
            "country": dagster.StaticPartitionsDefinition(["de", "fr"]),
        }
    )
    assert list(mine.keys) == list(theirs.get_partition_keys())
    key = mine.keys[1]
    assert mine.parts(key) == theirs.get_partition_key_from_str(key).keys_by_dimension
    assert MultiKey(mine.parts(key)) == key == mine.check(key)
    known = TypeAdapter(Annotated[str, mine]).validate_python(key)
    for copy in (known, deepcopy(known), pickle.loads(pickle.dumps(known))):
        assert copy == key
        assert copy.keys_by_dimension == theirs.get_partition_key_from_str(key).keys_by_dimension  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="is no partition"):
        mine.check("de|2024-01-09")
