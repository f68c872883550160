"""The target as it should be is equal; with one thing broken, that thing is named, and nothing else.

Real Dagster and real Prefect load both projects; no task runs (those of the shop would raise).
"""

import json
from typing import Any

import pytest
from broken_targets import CASES

from migrate.equivalence import compare


@pytest.fixture(scope="module")
def dumps(probe_targets: Any) -> dict[str, Any]:
    found: dict[str, Any] = probe_targets({name: edits for name, (edits, _) in CASES.items()})
    return found


@pytest.mark.real
@pytest.mark.parametrize("name", [n for n in CASES if n != "flow_that_cannot_be_followed"])
def test_what_is_broken_is_named_and_nothing_else(name, dagster_dump, dumps):
    assert "error" not in dumps[name], dumps[name]["error"]["traceback"]
    found = compare(dagster_dump, dumps[name])
    named = {(d.what, d.key) for d in found.unexplained}
    assert named == CASES[name][1]
    assert found.equal == (not named)
    for difference in found.differences:
        assert repr(difference.dagster) != repr(difference.prefect)


@pytest.mark.real
def test_a_flow_that_cannot_be_followed_is_a_difference_with_its_place(dagster_dump, dumps):
    found = compare(dagster_dump, dumps["flow_that_cannot_be_followed"])
    assert not found.equal
    (said,) = [d.prefect for d in found.differences if (d.what, d.key) == ("job", "refresh")]
    assert "RuntimeError: no" in said
    assert "shop/jobs.py:16" in said


@pytest.mark.real
def test_what_may_stay_is_listed_with_its_reason(dagster_dump, dumps):
    """One cron line, one time zone: the two libraries part at the change of the clock."""
    found = compare(dagster_dump, dumps["cron_spelled_otherwise"])
    assert found.equal
    clock, daily = sorted(found.differences, key=lambda d: d.key)
    assert (clock.key, daily.key) == ("by_night: ticks", "daily: cron")
    ends = {"count": 365, "first": "2025-01-01T07:30:00Z", "last": "2025-12-31T07:30:00Z"}
    alone = {"only here, in all": 1}
    assert clock.dagster == {**ends, "only here": ["2025-03-09T07:00:00Z"], **alone}
    assert clock.prefect == {**ends, "only here": ["2025-03-09T06:30:00Z"], **alone}
    assert "clock" in clock.explained
    assert "same moments" in daily.explained


@pytest.mark.real
def test_both_values_are_shown(dagster_dump, dumps):
    def sides(name: str) -> dict[str, tuple[Any, Any]]:
        return {d.key: (d.dagster, d.prefect) for d in compare(dagster_dump, dumps[name]).unexplained}

    assert sides("default_changed") == {"refresh: orders.factor": (1.5, 1.0)}
    assert sides("retries_without_backoff") == {
        "orders": ("3 retries, after 1, 3, 7 s", "3 retries, after 1, 1, 1 s")
    }
    assert sides("cron")["weekly: cron"] == ("0 2 * * 6", "0 2 * * 0")
    left, right = sides("timezone")["weekly: ticks"]
    assert (left["count"], right["count"]) == (52, 52)
    assert left["only here"][0] == "2025-01-04T07:00:00Z"
    assert right["only here"][0] == "2025-01-04T08:00:00Z"
    _, said = sides("blocking_check_that_blocks_nothing")["receipts:receipts_exist"]
    assert "does not block" in said
    assert "orders" in said


def test_policies_that_prefect_has_not_are_listed_with_both_sides(dagster_dump, dumps):
    changed = json.loads(json.dumps(dagster_dump))
    orders, customers = (next(a for a in changed["assets"] if a["key"] == k) for k in ("orders", "customers"))
    assert (orders["backfill"], orders["freshness"]) == (1, None)
    orders["backfill"], orders["freshness"], customers["backfill"] = 0, "within an hour", 3
    listed = {(d.what, d.key): d for d in compare(changed, dumps["as_it_should_be"]).differences}
    assert listed["backfill", "orders"].dagster == "all partitions in one run"
    assert listed["backfill", "customers"].dagster == "3 partitions a run"
    assert listed["freshness", "orders"].dagster == "within an hour"
    assert listed["freshness", "orders"].prefect is None
    assert all(listed[key].explained for key in listed if key[0] in ("backfill", "freshness"))
