from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.ended_runs import RunEnded
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SkipReason, launch


@task(cache_policy=NO_CACHE)
def feed() -> None:
    ...


@flow(name="morning", task_runner=ThreadPoolTaskRunner())
def morning() -> State[Any]:
    feed_future = feed.submit()
    return settle(feed=feed_future)


@flow(name="evening", task_runner=ThreadPoolTaskRunner())
def evening() -> State[Any]:
    feed_future = feed.submit()
    return settle(feed=feed_future)


@flow(name="after_morning")
def after_morning(run_id: str, flow_name: str, message: str = "") -> int:
    """The evening follows the morning."""
    return launch(
        "after_morning",
        lambda _: _after_morning(RunEnded(run_id, flow_name, message)),
        deployment="evening/evening",
    )


def _after_morning(context: RunEnded) -> Any:
    if context.flow_name == evening.name:
        return SkipReason("not after itself")
    return RunRequest(run_key=None)
