from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import output, settle


@task(cache_policy=NO_CACHE)
def decide() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if 1 > 2:
        outputs["left"] = 1
    else:
        outputs["right"] = 2
    return outputs


@task(cache_policy=NO_CACHE)
def maybe() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    if 1 > 2:
        outputs["result"] = 3
    return outputs


@task(cache_policy=NO_CACHE)
def go(way: int) -> int:
    return way


@flow(name="ways", task_runner=ThreadPoolTaskRunner())
def ways() -> State[Any]:
    decide_future = decide.submit()
    go_left_future = go.with_options(name="go_left").submit(
        output(decide_future, "left")
    )
    go_right_future = go.with_options(name="go_right").submit(
        output(decide_future, "right")
    )
    maybe_future = maybe.submit()
    go_future = go.submit(output(maybe_future, "result"))
    return settle(
        decide=decide_future,
        go_left=go_left_future,
        go_right=go_right_future,
        maybe=maybe_future,
        go=go_future,
    )
