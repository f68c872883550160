"""What Prefect recorded is told as Dagster's instance tells it: the same questions get the same answers."""

import time
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

MADE = (("2024-01-01", 3), ("2024-01-02", 4), ("2024-01-01", 5))


def in_dagster() -> tuple[Any, Any]:
    import dagster as dg

    @dg.asset(
        partitions_def=dg.StaticPartitionsDefinition(["2024-01-01", "2024-01-02"]), config_schema={"n": int}
    )
    def orders(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]
        return dg.MaterializeResult(metadata={"rows": context.op_execution_context.op_config["n"]})

    instance = dg.DagsterInstance.ephemeral()
    for day, rows in MADE:
        given = {"ops": {"orders": {"config": {"n": rows}}}}
        assert dg.materialize([orders], instance=instance, partition_key=day, run_config=given).success
    return instance, dg.AssetKey


def in_prefect() -> tuple[Any, Any]:
    from prefect import flow
    from prefect.assets import add_asset_metadata, materialize
    from prefect_support.asset_records import EventRecordsFilter
    from prefect_support.recorded import Recorded

    @materialize("asset://recorded/orders")
    def orders(rows: int) -> None:
        add_asset_metadata("asset://recorded/orders", {"rows": rows})

    @flow(name="recorded_orders")
    def run(partition_key: str, rows: int) -> None:
        orders(rows)

    asked = EventRecordsFilter(asset_key="asset://recorded/orders")
    for times, (day, rows) in enumerate(MADE, start=1):
        run(day, rows)
        waited = time.monotonic() + 30
        while time.monotonic() < waited and len(Recorded().get_event_records(asked)) < times:
            time.sleep(0.2)
    return Recorded(), lambda name: f"asset://recorded/{name}"


def answers(instance: Any, key: Any, filters: Any, of_asset: Any, kind: Any) -> dict[str, Any]:
    def told(records: Any) -> list[Any]:
        return [(r.partition_key, r.asset_materialization.metadata["rows"].value) for r in records]

    orders, never = key("orders"), key("never")
    every = instance.get_event_records(filters(kind, asset_key=orders), ascending=True)
    first, last = every[0], every[-1]
    latest = instance.get_latest_materialization_event(orders)
    page = instance.fetch_materializations(of_asset(orders), limit=2, ascending=True)
    rest = instance.fetch_materializations(of_asset(orders), limit=2, cursor=page.cursor, ascending=True)
    newest = instance.fetch_materializations(orders, limit=1)
    older = instance.fetch_materializations(orders, limit=1, cursor=newest.cursor)
    one_day = filters(kind, asset_key=orders, asset_partitions=["2024-01-01"])
    grows = [a.storage_id < b.storage_id for a, b in pairwise(every)]
    return {
        "every": told(every),
        "newest first": told(instance.get_event_records(filters(kind, asset_key=orders), limit=2)),
        "after": told(
            instance.get_event_records(filters(kind, asset_key=orders, after_cursor=first.storage_id))
        ),
        "before": told(
            instance.get_event_records(filters(kind, asset_key=orders, before_cursor=last.storage_id))
        ),
        "since": told(
            instance.get_event_records(
                filters(kind, asset_key=orders, after_timestamp=last.timestamp - 0.001)
            )
        ),
        "one day": told(instance.get_event_records(one_day)),
        "none": instance.get_event_records(filters(kind, asset_key=never)),
        "grows": grows,
        "latest": (latest.asset_materialization.partition, latest.dagster_event.partition),
        "same moment": latest.timestamp == last.timestamp and latest.run_id == last.run_id,
        "its key": latest.dagster_event.asset_key.path[-1:],
        "never": instance.get_latest_materialization_event(never),
        "pages": [told(page.records), page.has_more, told(rest.records), rest.has_more],
        "backwards": [told(newest.records), newest.has_more, told(older.records), older.has_more],
        "partitions": instance.get_materialized_partitions(orders),
        "runs": instance.get_run_by_id(first.run_id).tags["dagster/partition"],
        "status": [r.dagster_run.status.value for r in instance.get_run_records()[:1]],
        "times": [r.end_time >= r.start_time for r in instance.get_run_records(limit=1)],
        "no run": instance.get_run_by_id("7b8b1c9e-2d52-4d13-9bd2-5f5c2c4b4a11"),
    }


def test_the_same_questions_get_the_same_answers(prefect: str) -> None:
    import dagster as dg
    from prefect_support.asset_records import AssetRecordsFilter, EventRecordsFilter, EventType

    made = dg.DagsterEventType.ASSET_MATERIALIZATION
    wanted = answers(*in_dagster(), dg.EventRecordsFilter, dg.AssetRecordsFilter, made)
    got = answers(*in_prefect(), EventRecordsFilter, AssetRecordsFilter, EventType.ASSET_MATERIALIZATION)
    assert got == wanted
    assert wanted["every"] == list(MADE)


def ends(instance: Any, filters: Any, kinds: Any, key: Any) -> dict[str, Any]:
    """What is told of runs of which the first failed and the next two did not."""

    def found(kind: str, limit: int | None = None, ascending: bool = False, **more: Any) -> list[Any]:
        asked = filters(getattr(kinds, kind), **more)
        return list(instance.get_event_records(asked, limit=limit, ascending=ascending))

    good, bad = found("RUN_SUCCESS", limit=2, ascending=True), found("RUN_FAILURE", limit=1)
    latest = found("RUN_SUCCESS", limit=1)
    runs = [good[0].run_id, good[1].run_id, bad[0].run_id]
    stats = instance.get_run_stats(runs[2])
    for tags in ({"seen": "no", "team": "data"}, {"seen": "yes"}):
        instance.add_run_tags(runs[0], tags)
    return {
        "tags": [instance.get_run_by_id(runs[0]).tags[name] for name in ("seen", "team")],
        "stats": [stats.run_id == runs[2], stats.start_time <= stats.end_time],
        "status": [instance.get_run_by_id(run).status.value for run in runs],
        "order": [good[0].timestamp < good[1].timestamp, bad[0].timestamp < good[0].timestamp],
        "latest": [latest[0].run_id == good[1].run_id, latest[0].storage_id == good[1].storage_id],
        "after": [r.run_id == runs[1] for r in found("RUN_SUCCESS", after_cursor=good[0].storage_id)],
        "before": [r.run_id == runs[0] for r in found("RUN_SUCCESS", before_cursor=good[1].storage_id)],
        "of an asset": found("RUN_FAILURE", asset_key=key),
        "no asset": [bad[0].asset_key, bad[0].event_log_entry.asset_materialization],
        "cancelled": found("RUN_CANCELED"),
    }


def test_ends_of_runs(prefect: str) -> None:
    import dagster as dg
    from prefect import flow
    from prefect_support.asset_records import EventRecordsFilter, EventType
    from prefect_support.recorded import Recorded

    class Since(Recorded):
        """Of this test's runs only."""

        def get_event_records(self, asked: Any, limit: Any = None, ascending: bool = False) -> Any:
            return super().get_event_records(replace(asked, after_timestamp=began), limit, ascending)

    def work(fails: bool) -> None:
        if fails:
            raise ValueError("as asked")

    @dg.op(config_schema={"fails": bool})
    def step(context: dg.OpExecutionContext) -> None:
        work(context.op_config["fails"])

    @dg.job
    def tried() -> None:
        step()

    began, instance, ran = time.time(), dg.DagsterInstance.ephemeral(), flow(name="tried")(work)
    for fails in (True, False, False):
        given = {"ops": {"step": {"config": {"fails": fails}}}}
        tried.execute_in_process(run_config=given, instance=instance, raise_on_error=False)
        ran(fails, return_state=True)
    wanted = ends(instance, dg.EventRecordsFilter, dg.DagsterEventType, dg.AssetKey("pond"))
    assert ends(Since(), EventRecordsFilter, EventType, "asset://pond") == wanted
    assert wanted["status"] == ["SUCCESS", "SUCCESS", "FAILURE"]


def watched(context: Any, key: Any, advance: Any) -> list[Any]:
    def told(record: Any) -> Any:
        return record and record.asset_materialization.metadata["rows"].value

    def latest() -> list[Any]:
        found = context.latest_materialization_records_by_key()
        return [told(found[key(name)]) for name in ("ducks", "geese", "swans")]

    found = [latest(), [told(r) for r in context.materialization_records_for_key(key("ducks"), limit=1)]]
    first = context.materialization_records_for_key(key("ducks"), limit=1)[0]
    advance({key("ducks"): first, key("swans"): None})
    found += [latest(), [told(r) for r in context.materialization_records_for_key(key("ducks"), limit=9)]]
    advance(None)
    return [*found, latest(), [k.path[-1] for k in context.asset_keys]]


def test_several_assets_are_watched(prefect: str) -> None:
    """Dagster's own context moves its cursor when the sensor ends, so each side says how it is moved on."""
    import dagster as dg
    from prefect import flow
    from prefect.assets import add_asset_metadata, materialize
    from prefect_support.recorded import Recorded
    from prefect_support.watched_assets import WatchedAssets

    made = (("ducks", 1), ("geese", 2), ("ducks", 3))
    instance = dg.DagsterInstance.ephemeral()
    for name, rows in made:
        instance.report_runless_asset_event(dg.AssetMaterialization(name, metadata={"rows": rows}))

        @materialize(f"asset://watched/{name}")
        def one(name: str, rows: int) -> None:
            add_asset_metadata(f"asset://watched/{name}", {"rows": rows})

        @flow
        def run(name: str, rows: int, one: Any) -> None:
            one(name, rows)

        run(name, rows, one)
    waited = time.monotonic() + 30
    newest = None
    while time.monotonic() < waited and (not newest or newest.about.metadata["rows"].value != 3):
        time.sleep(0.2)
        newest = Recorded().get_latest_materialization_event("asset://watched/ducks")
    keys = [dg.AssetKey(name) for name in ("ducks", "geese", "swans")]
    defs = dg.Definitions(assets=[dg.AssetSpec(key) for key in keys])
    given = {"instance": instance, "definitions": defs, "monitored_assets": keys}
    before = dg.build_multi_asset_sensor_context(**given)

    def moved(records: Any) -> None:
        before.advance_all_cursors() if records is None else before.advance_cursor(records)
        before.update_cursor_after_evaluation()

    after = WatchedAssets([f"asset://watched/{name}" for name in ("ducks", "geese", "swans")], None)

    def moved_on(records: Any) -> None:
        after.advance_all_cursors() if records is None else after.advance_cursor(records)

    got = watched(after, lambda name: f"asset://watched/{name}", moved_on)
    assert got == watched(before, dg.AssetKey, moved)
    assert got[2] == [3, 2, None]


def test_one_event_by_its_id(prefect: str) -> None:
    from prefect_support.recorded import event_of

    with pytest.raises(LookupError, match="there is no event"):
        event_of("7b8b1c9e-2d52-4d13-9bd2-5f5c2c4b4a11")


def test_the_event_that_started_a_flow(prefect: str) -> None:
    from prefect.events import emit_event
    from prefect_support.recorded import event_of

    name = "prefect.asset.materialization.succeeded"
    sent = emit_event(name, resource={"prefect.resource.id": "asset://recorded/raw"}, payload={"rows": 3})
    assert sent
    waited = time.monotonic() + 30
    while True:
        try:
            told = event_of(str(sent.id))
            break
        except LookupError:
            assert time.monotonic() < waited
            time.sleep(0.2)
    assert told.asset_materialization is not None
    assert told.asset_materialization.metadata["rows"].value == 3
    assert told.asset_key.path == ["recorded", "raw"]
