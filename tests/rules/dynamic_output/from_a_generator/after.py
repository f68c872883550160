from collections.abc import Iterator
from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import items, settle
from prefect_support.task_context import TaskContext


class Regions:
    @staticmethod
    def each(context: TaskContext, prefix: str):
        """One for each region."""
        for name in ("north", "south"):
            context.log.info(f"found {name}")
            yield {"region": f"{prefix}-{name}"}
        if prefix == "all":
            yield {"region": "rest"}


def numbers(count: int) -> Iterator[int]:
    for number in range(count):
        yield number


def letters() -> Iterator[Any]:
    yield "a"


@task(cache_policy=NO_CACHE)
def regions() -> list[Any]:
    context = TaskContext()
    outputs: list[Any] = []
    for found in Regions.each(context=context, prefix="all"):
        get_run_logger().info(found["region"])
        outputs.append(found)
    return outputs


@task(cache_policy=NO_CACHE)
def counted() -> list[Any]:
    outputs: list[Any] = []
    outputs.extend(numbers(2))
    return outputs


@task(cache_policy=NO_CACHE)
def spelled() -> list[Any]:
    outputs: list[Any] = []
    # each of them
    outputs.extend(letters())
    return outputs


@task(cache_policy=NO_CACHE)
def doubled() -> list[Any]:
    outputs: list[Any] = []
    for found in numbers(3):
        number = found * 2
        outputs.append(number)
    return outputs


@task(cache_policy=NO_CACHE)
def show(piece) -> None:
    get_run_logger().info(f"{piece}")


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    regions_future = regions.submit()
    regions_items = items(regions_future)
    show_futures = [show.submit(item) for item in regions_items]
    counted_future = counted.submit()
    counted_items = items(counted_future)
    show_2_futures = [
        show.with_options(name="show_2").submit(item) for item in counted_items
    ]
    spelled_future = spelled.submit()
    spelled_items = items(spelled_future)
    show_3_futures = [
        show.with_options(name="show_3").submit(item) for item in spelled_items
    ]
    doubled_future = doubled.submit()
    doubled_items = items(doubled_future)
    show_4_futures = [
        show.with_options(name="show_4").submit(item) for item in doubled_items
    ]
    return settle(
        regions=regions_future,
        show=show_futures,
        counted=counted_future,
        show_2=show_2_futures,
        spelled=spelled_future,
        show_3=show_3_futures,
        doubled=doubled_future,
        show_4=show_4_futures,
    )
