from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.io import IOContext, load
from prefect_support.loaded_by import LoadedBy


class Table:
    def load_input(self, context):
        context.log.info(context.name)
        return [1, 2]


def table() -> LoadedBy:
    return LoadedBy(_table)


def _table(_context: IOContext) -> Any:
    return Table()


def lines() -> LoadedBy:
    return LoadedBy(_lines)


def _lines(_context: IOContext) -> Any:
    return ["a"]


class Upstream:
    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return context.upstream_output.name


def upstream():
    return Upstream()


@task(cache_policy=NO_CACHE)
def alone(table_manager: Any):
    """Says it."""
    frame = load(table_manager, "asset://alone/frame", name="frame")
    print(frame)
    return 3


@task(cache_policy=NO_CACHE)
def before():
    return 1


@task(cache_policy=NO_CACHE)
def connected(lines_manager: Any, y):
    x = load(lines_manager, "asset://connected/x")
    return x


@task
def asking(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:51: an op's input that an input manager loads (line 51) has no "
        "counterpart. Load the value in the task: call the load_input of the "
        "manager there."
    )
    # return x


@flow(name="unconnected_job", task_runner=ThreadPoolTaskRunner())
def unconnected_job() -> State[Any]:
    table_manager = table()

    alone_future = alone.submit(table_manager)
    return settle(alone=alone_future)


@flow(name="connected_job", task_runner=ThreadPoolTaskRunner())
def connected_job() -> State[Any]:
    lines_manager = lines()

    before_future = before.submit()
    other_future = before.with_options(name="other").submit()
    connected_future = connected.submit(
        lines_manager, other_future, wait_for=[before_future]
    )
    return settle(before=before_future, other=other_future, connected=connected_future)


@flow(name="asking_job", task_runner=ThreadPoolTaskRunner())
def asking_job() -> State[Any]:
    upstream_manager = upstream()

    before_future = before.submit()
    asking_future = asking.submit(upstream_manager, wait_for=[before_future])
    return settle(before=before_future, asking=asking_future)
