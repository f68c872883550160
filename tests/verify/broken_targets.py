"""Targets with one thing broken, and what is to be named: no more and no less."""

A, J, Y = "shop/assets.py", "shop/jobs.py", "prefect.yaml"

# name: (edits of the target as (file, old, new), the differences as (what, key))
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
