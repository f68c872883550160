"""The target as it should be is equal; with one thing broken, that thing is named, and nothing else.

Real Dagster and real Prefect load both projects; no task runs (those of the shop would raise).
"""

import json
from datetime import timedelta
from typing import Any

import pytest

from migrate.equivalence import compare
from shims.foreign.dagster_probe.assets import asset

A, J, Y = "shop/assets.py", "shop/jobs.py", "prefect.yaml"

# name: (edits of the target, the differences as (what, key), no more and no less)
CASES: dict[str, tuple[list[tuple[str, str, str]], set[tuple[str, str]]]] = {
    "as_it_should_be": ([], set()),
    "dependency_neither_declared_nor_wired": (
        [
            (A, 'asset_deps=["asset://marts/best"]', "asset_deps=[]"),
            (J, 'partition_key, wait_for=[output(figures, "best")]', "partition_key"),
        ],
        {("edge", "marts/best -> window")},
    ),
    "dependency_declared_but_not_wired": (
        [(J, 'partition_key, wait_for=[output(figures, "best")]', "partition_key")],
        {("edge", "marts/best -> window")},
    ),
    "dependency_too_many": (
        [(J, "assets.customers.submit()", "assets.customers.submit(wait_for=[receipts])")],
        {("edge", "receipts -> customers")},
    ),
    "check_dropped": (
        [
            (A, '@validation("asset://orders")\n', ""),
            (J, "    orders_are_small = assets.orders_are_small.submit(wait_for=[orders])\n", ""),
            (J, "        orders_are_small=orders_are_small,\n", ""),
        ],
        {("check", "orders:orders_are_small"), ("job", "refresh: orders:orders_are_small")},
    ),
    "check_not_run_by_the_job": (
        [
            (J, "    orders_are_small = assets.orders_are_small.submit(wait_for=[orders])\n", ""),
            (J, "        orders_are_small=orders_are_small,\n", ""),
        ],
        {("job", "refresh: orders:orders_are_small")},
    ),
    "check_no_longer_blocking": (
        [(A, "blocking=True", "blocking=False")],
        {("check", "receipts:receipts_exist")},
    ),
    "blocking_check_that_blocks_nothing": (
        [(J, "wait_for=[receipts, receipts_exist]", "wait_for=[receipts]")],
        {("check", "receipts:receipts_exist")},
    ),
    "check_of_another_asset": (
        [(A, 'validation("asset://orders")', 'validation("asset://customers")')],
        {
            ("check", "orders:orders_are_small"),
            ("check", "customers:orders_are_small"),
            ("job", "refresh: orders:orders_are_small"),
            ("job", "refresh: customers:orders_are_small"),
        },
    ),
    "owner_lost": (
        [(A, 'owners=["till@example.com", "team:till"]', 'owners=["team:till"]')],
        {("owner", "receipts")},
    ),
    "retries_fewer": (
        [
            (A, "retries=3", "retries=2"),
            (A, "exponential(1, 3)", "exponential(1, 2)"),
        ],
        {("retry", "orders")},
    ),
    "retries_without_backoff": ([(A, "exponential(1, 3)", "constant(1, 3)")], {("retry", "orders")}),
    "retries_without_jitter": (
        [(A, "plus_minus(constant(2, 2), 2)", "constant(2, 2)")],
        {("retry", "customers")},
    ),
    "retries_of_an_op": ([(J, "linear(5, 2)", "linear(4, 2)")], {("retry", "rebuild: prepare")}),
    "cron": (
        [(Y, "0 2 * * 6", "0 2 * * 0")],
        {("schedule", "weekly: cron"), ("schedule", "weekly: ticks")},
    ),
    "timezone": (
        [
            (
                Y,
                "timezone: America/New_York\n        active: true",
                "timezone: America/Chicago\n        active: true",
            )
        ],
        {("schedule", "weekly: timezone"), ("schedule", "weekly: ticks")},
    ),
    "cron_spelled_otherwise": ([(Y, '"0 0 * * *"', '"@daily"')], set()),
    "schedule_switched_off": ([(Y, "active: true", "active: false")], {("schedule", "weekly: status")}),
    "schedule_of_another_job": (
        [
            (
                Y,
                "name: daily\n    entrypoint: shop/jobs.py:publish",
                "name: daily\n    entrypoint: shop/jobs.py:refresh",
            )
        ],
        {("schedule", "daily: job")},
    ),
    "schedule_with_other_config": ([(Y, "last: 2030", "last: 2029")], {("schedule", "weekly: requests")}),
    "schedule_missing": (
        [
            (
                Y,
                '    schedules:\n      - cron: "0 0 * * *"\n        timezone: UTC\n        active: false\n',
                "",
            )
        ],
        {("schedule", "daily")},
    ),
    "sensor_missing": (
        [(Y, "    schedules:\n      - interval: 90\n        active: false\n", "")],
        {("sensor", "new_file"), ("job", "new_file")},
    ),
    "sensor_interval": ([(Y, "interval: 90", "interval: 900")], {("sensor", "new_file: interval")}),
    "asset_missing": (
        [
            (A, '@materialize(f"asset://published_{year}", asset_deps', '@task(name=f"x_{year}") #'),
        ],
        {("asset", f"published_{y}") for y in (2025, 2026, 2027)}
        | {("edge", f"window -> published_{y}") for y in (2025, 2026, 2027)}
        | {("job", f"publish: published_{y}") for y in (2025, 2026, 2027)},
    ),
    "asset_too_many": (
        [(A, "@task\ndef unrelated", '@materialize("asset://unrelated")\ndef unrelated')],
        {("asset", "unrelated")},
    ),
    "asset_that_is_only_declared": (
        [(A, '"asset://marts/best", "asset://marts/total", asset_deps', '"asset://marts/best", asset_deps')],
        {
            ("asset", "marts/total"),
            ("edge", "orders -> marts/total"),
            ("edge", "customers -> marts/total"),
            ("job", "refresh: marts/total"),
        },
    ),
    "job_selects_one_less": (
        [
            (J, '    window = assets.window.submit(partition_key, wait_for=[output(figures, "best")])\n', ""),
            (J, "        window=window,\n", ""),
        ],
        {("job", "refresh: window"), ("partition", "window")},
    ),
    "job_missing": (
        [(J, '@flow(name="rebuild"', '@flow(name="rebuild_all"')],
        {
            ("job", "rebuild"),
            ("job", "rebuild_all"),
            ("schedule", "weekly: job"),
            ("sensor", "new_file: job"),
        },
    ),
    "partition_removed": (
        [(A, 'partition_of(["2025", "2026", "2027"])', 'partition_of(["2025", "2026"])')],
        {("partition", key) for key in ("orders", "customers", "marts/best", "marts/total", "window")}
        | {("partition", "job refresh"), ("asset", "published_2027")}
        | {("edge", "window -> published_2027"), ("job", "publish: published_2027")},
    ),
    "partition_no_longer_checked": (
        [(J, "partition_key: Years", "partition_key: str")],
        {("partition", key) for key in ("orders", "customers", "marts/best", "marts/total", "window")}
        | {("partition", "job refresh")},
    ),
    "default_changed": (
        [(A, "factor: float = 1.5", "factor: float = 1.0")],
        {("config", "refresh: orders.factor")},
    ),
    "default_of_another_type": (
        [(A, "rounded: bool = True", "rounded: int = 1")],
        {("config", "refresh: orders.rounded")},
    ),
    "default_changed_where_it_is_used": (
        [
            (
                J,
                "orders_config: PriceConfig = PriceConfig()",
                "orders_config: PriceConfig = PriceConfig(factor=2)",
            )
        ],
        {("config", "refresh: orders.factor")},
    ),
    "field_missing": ([(J, "    last: int = 2027\n", "")], {("config", "rebuild: plan.last")}),
    "step_order": (
        [(J, "load.submit(years, wait_for=[ready])", "load.submit(years)")],
        {("edge", "rebuild: prepare -> load")},
    ),
    "step_missing": (
        [
            (J, "    reported = report.submit(loaded)\n", ""),
            (J, ", report=reported)", ")"),
        ],
        {("job", "rebuild: step report")},
    ),
    "steps_in_sequence_are_no_difference": (
        [(J, "ready = prepare.submit()", "ready = prepare(wait_for=[years])")],
        {("edge", "rebuild: plan -> prepare")},
    ),
    "group": ([(A, 'tags=["group:input"],\n    retries', "retries")], {("group", "customers")}),
    "resource_missing": (
        [
            ("shop/resources.py", "def database()", "def storage()"),
            (J, "resources.database()", "resources.storage()"),
        ],
        {("resource", "database")},
    ),
    "pool_forgotten": ([(J, ', tags={"press"})', ")")], {("pool", "rebuild: prepare")}),
    "input_of_another_default": (
        [(J, 'title: str = "all"', 'title: str = "some"')],
        {("config", "rebuild: report: input title")},
    ),
    "input_that_nobody_gives": (
        [(J, 'loaded: int, title: str = "all"', "loaded: int")],
        {("config", "rebuild: report: input title")},
    ),
    "resource_field_missing": (
        [("shop/resources.py", '    unused: str = "x"\n', "")],
        {("resource", "database.unused: default")},
    ),
    "resource_default": (
        [("shop/resources.py", 'unused: str = "x"', 'unused: str = "y"')],
        {("resource", "database.unused: default"), ("resource", "database.unused")},
    ),
    "resource_value": (
        [("shop/resources.py", "threads=2", "threads=4")],
        {("resource", "database.threads")},
    ),
    "resource_of_another_variable": (
        [("shop/resources.py", 'environ["SHOP_DB"]', 'environ["HOME"]')],
        {("resource", "database.path")},
    ),
    "several_at_a_time": (
        [(J, "task_runner=ThreadPoolTaskRunner(max_workers=1))\ndef refresh", ")\ndef refresh")],
        {("job", "refresh: executor")},
    ),
    "scheduled_partition": (
        [("shop/sensors.py", "due.year + 1", "due.year")],
        {("schedule", "monthly: requests")},
    ),
    "scheduled_skip": (
        [("shop/sensors.py", "    if due.month == 2:\n        return SkipReason()\n", "")],
        {("schedule", "monthly: requests")},
    ),
    "flow_that_cannot_be_followed": (
        [(J, '    get_run_logger().info("wiring")\n', '    raise RuntimeError("no")\n')],
        set(),
    ),
}


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


@pytest.mark.real
def test_dagsters_probe_tells_policies_as_dagster_holds_them():
    import dagster as dg

    years = dg.StaticPartitionsDefinition(["2025"])
    policy = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=1))

    @dg.asset(
        partitions_def=years,
        backfill_policy=dg.BackfillPolicy.single_run(),
        freshness_policy=policy,
        owners=["team:a", "b@c.de"],
    )
    def one() -> None: ...

    @dg.asset(partitions_def=years, backfill_policy=dg.BackfillPolicy.multi_run(7))
    def two() -> None: ...

    @dg.asset
    def three() -> None: ...

    graph = dg.Definitions(assets=[one, two, three]).get_repository_def().asset_graph
    found = {key: asset(graph.get(dg.AssetKey(key))) for key in ("one", "two", "three")}
    assert [found[key]["backfill"] for key in found] == [0, 7, None]
    assert "fail_window" in found["one"]["freshness"]
    assert found["three"]["freshness"] is None
    assert found["one"]["owners"] == ["b@c.de", "team:a"]
