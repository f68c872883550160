"""Values between tasks, several outputs, storage and resources: Dagster and Prefect side by side."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_each_output_of_several_reaches_its_own_reader(prefect: str) -> None:
    import dagster as dg

    @dg.multi_asset(outs={"low": dg.AssetOut(), "high": dg.AssetOut()})
    def limits() -> Iterator[Any]:
        yield dg.Output(None, output_name="low")
        yield dg.Output([1, 2], output_name="high", metadata={"rows": 2})

    @dg.asset
    def reader(low: Any, high: Any) -> list[Any]:
        return [low, high]

    with dg.DagsterInstance.ephemeral() as instance:
        legacy = dg.materialize([limits, reader], instance=instance).output_for_node("reader")

    from prefect import State, flow
    from prefect.assets import add_asset_metadata, materialize
    from prefect.cache_policies import NO_CACHE
    from prefect_support.flows import output, settle

    @materialize("asset://low", "asset://high", cache_policy=NO_CACHE, name="limits")
    def several() -> dict[str, Any]:
        add_asset_metadata("asset://high", {"rows": 2})
        return {"low": None, "high": [1, 2]}

    @materialize("asset://reader", asset_deps=["asset://low", "asset://high"], cache_policy=NO_CACHE)
    def read(low: Any, high: Any) -> list[Any]:
        found.append([low, high])
        return [low, high]

    found: list[Any] = []

    @flow
    def job() -> State[Any]:
        limits_future = several.submit()
        reader_future = read.submit(output(limits_future, "low"), output(limits_future, "high"))
        return settle(limits=limits_future, reader=reader_future)

    assert job(return_state=True).is_completed()
    assert found == [legacy] == [[None, [1, 2]]]


@pytest.mark.parametrize("fails", [False, True])
def test_an_output_that_is_not_produced_skips_its_readers_only(prefect: str, fails: bool) -> None:
    import dagster as dg

    legacy: list[str] = []

    @dg.multi_asset(outs={"left": dg.AssetOut(is_required=False), "right": dg.AssetOut(is_required=False)})
    def fork() -> Iterator[Any]:
        yield dg.Output("r", output_name="right")

    @dg.asset
    def on_left(left: str) -> None:
        legacy.append("left")

    @dg.asset
    def on_right(right: str) -> None:
        legacy.append("right")
        if fails:
            raise ValueError("broken")

    with dg.DagsterInstance.ephemeral() as instance:
        run = dg.materialize([fork, on_left, on_right], instance=instance, raise_on_error=False)

    from prefect import State, flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect_support.flows import output, settle

    target: list[str] = []

    @task(cache_policy=NO_CACHE)
    def branch() -> dict[str, str]:
        return {"right": "r"}

    @task(cache_policy=NO_CACHE)
    def reader(value: str, name: str) -> None:
        target.append(name)
        if fails:
            raise ValueError("broken")

    @flow
    def job() -> State[Any]:
        fork_future = branch.submit()
        left_future = reader.submit(output(fork_future, "left"), "left")
        right_future = reader.submit(output(fork_future, "right"), "right")
        return settle(fork=fork_future, on_left=left_future, on_right=right_future)

    state = job(return_state=True)
    assert state.is_completed() is run.success is not fails
    assert target == legacy == ["right"]
    failed = "failed: on_right (ValueError: broken); " if fails else ""
    assert state.message == f"{failed}skipped: on_left"


def test_a_mapped_task_is_settled_item_by_item(prefect: str) -> None:
    from prefect import State, flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect_support.flows import settle

    @task(cache_policy=NO_CACHE)
    def invert(number: int) -> float:
        return 1 / number

    @flow
    def job() -> State[Any]:
        return settle(invert=invert.map([1, 0, 2]))

    state = job(return_state=True)
    assert state.message == "failed: invert[1] (ZeroDivisionError: division by zero)"


class JsonStore(BaseModel):
    """A storage class as the converter leaves it: the body of the IO manager, unchanged."""

    root: str

    def _path(self, context: Any) -> Path:
        *folders, name = context.asset_key.path
        if context.has_asset_partitions:
            folders, name = [*folders, name], context.asset_partition_key
        return Path(self.root, *folders, f"{name}.json")

    def handle_output(self, context: Any, obj: Any) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([obj, context.get_asset_identifier(), context.get_identifier()[1:]]))
        context.log.info("wrote %s of %s", context.get_identifier(), context.metadata)
        context.add_output_metadata({"path": str(path)})

    def load_input(self, context: Any) -> Any:
        context.log.info("reads %s", context.upstream_output.asset_key.to_user_string())
        return json.loads(self._path(context).read_text())[0]


def dagster_store(root: Path) -> Any:
    import dagster as dg

    class Store(dg.ConfigurableIOManager):
        root: str

        _path = JsonStore._path
        handle_output = JsonStore.handle_output
        load_input = JsonStore.load_input

    return Store(root=str(root))


def test_stored_values_land_in_the_same_files_and_come_back(prefect: str, tmp_path: Path) -> None:
    import dagster as dg

    years = dg.StaticPartitionsDefinition(["2025", "2026"])

    @dg.asset(key_prefix="marts", partitions_def=years, io_manager_key="store", metadata={"unit": "kg"})
    def weights() -> list[int]:
        return [1, 2]

    @dg.asset(io_manager_key="store", partitions_def=years, ins={"weights": dg.AssetIn(key_prefix="marts")})
    def total(weights: list[int]) -> int:
        return sum(weights)

    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"store": dagster_store(tmp_path / "legacy")}
        dg.materialize([weights, total], partition_key="2026", resources=resources, instance=instance)

    from prefect import State, flow
    from prefect.assets import materialize
    from prefect.cache_policies import NO_CACHE
    from prefect_support.flows import settle
    from prefect_support.io import load, store

    @materialize("asset://marts/weights", cache_policy=NO_CACHE)
    def make(storage: JsonStore, partition_key: str) -> list[int]:
        return store(storage, "asset://marts/weights", [1, 2], partition_key, {"unit": "kg"})

    @materialize("asset://total", asset_deps=["asset://marts/weights"], cache_policy=NO_CACHE)
    def add(storage: JsonStore, partition_key: str) -> int:
        weights = load(storage, "asset://marts/weights", partition_key)
        return store(storage, "asset://total", sum(weights), partition_key)

    @flow
    def job() -> State[Any]:
        storage = JsonStore(root=str(tmp_path / "target"))
        made = make.submit(storage, "2026")
        added = add.submit(storage, "2026", wait_for=[made])
        return settle(weights=made, total=added)

    assert job(return_state=True).is_completed()
    files = [
        {
            str(path.relative_to(tmp_path / side)): path.read_text()
            for path in (tmp_path / side).rglob("*.json")
        }
        for side in ("legacy", "target")
    ]
    assert files[0] == files[1]
    assert sorted(files[1]) == ["marts/weights/2026.json", "total/2026.json"]
    assert files[1]["total/2026.json"].startswith("[3, ")


def test_a_value_without_partition_has_none(tmp_path: Path) -> None:
    from prefect_support.io import IOContext, load, store

    storage = JsonStore(root=str(tmp_path))
    assert store(storage, "asset://plain", {"a": 1}) == {"a": 1}
    assert load(storage, "asset://plain") == {"a": 1}
    assert (tmp_path / "plain.json").exists()
    with pytest.raises(ValueError, match="asset://plain has no partition"):
        _ = IOContext("asset://plain").partition_key


def test_code_can_tell_reading_from_writing(tmp_path: Path) -> None:
    from prefect_support.io import InputContext, IOContext, OutputContext, load, store

    asked: list[IOContext] = []

    class Noting(JsonStore):
        def handle_output(self, context: Any, value: Any) -> None:
            asked.append(context)
            super().handle_output(context, value)

        def load_input(self, context: Any) -> Any:
            asked.append(context)
            return super().load_input(context)

    store(Noting(root=str(tmp_path)), "asset://plain", [1], metadata={"unit": "kg"})
    load(Noting(root=str(tmp_path)), "asset://plain", metadata={"as": "list"}, upstream={"unit": "kg"})
    writing, reading = asked
    assert isinstance(writing, OutputContext)
    assert isinstance(reading, InputContext)
    assert not isinstance(writing, InputContext)
    assert not isinstance(reading, OutputContext)
    assert isinstance(reading.upstream_output, OutputContext)
    assert (reading.metadata, reading.upstream_output.metadata) == ({"as": "list"}, {"unit": "kg"})


@pytest.mark.parametrize("fails", [False, True])
def test_resources_open_and_close_around_a_run_as_before(prefect: str, fails: bool) -> None:
    import dagster as dg

    legacy: list[str] = []
    target: list[str] = []

    class OldSession(dg.ConfigurableResource):  # type: ignore[misc]
        def setup_for_execution(self, context: Any) -> None:
            legacy.append("open session")

        def teardown_after_execution(self, context: Any) -> None:
            legacy.append("close session")

    @dg.asset
    def work(session: OldSession) -> None:
        legacy.append("work")
        if fails:
            raise ValueError("broken")

    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([work], resources={"session": OldSession()}, instance=instance, raise_on_error=False)

    from prefect import State, flow, task
    from prefect.cache_policies import NO_CACHE
    from prefect_support.flows import settle
    from prefect_support.resources import running

    class Session(BaseModel):
        def setup_for_execution(self) -> None:
            target.append("open session")

        def teardown_after_execution(self) -> None:
            target.append("close session")

    class Lock(BaseModel):
        @contextmanager
        def yield_for_execution(self) -> Iterator["Lock"]:
            target.append("open lock")
            yield self
            target.append("close lock")

    @task(cache_policy=NO_CACHE)
    def do_work(session: Session) -> None:
        target.append("work")
        if fails:
            raise ValueError("broken")

    @flow
    def job() -> State[Any]:
        session = Session()
        with running(Lock(), session, "without a life cycle"):
            return settle(work=do_work.submit(session))

    assert job(return_state=True).is_failed() is fails
    assert legacy == ["open session", "work", "close session"]
    assert target == ["open lock", *legacy, "close lock"]
