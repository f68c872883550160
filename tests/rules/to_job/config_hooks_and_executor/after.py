from typing import Any

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered
from prefect_support.flows import settle
from prefect_support.validations import run_logger


class Amount(BaseModel, extra="forbid"):
    rows: int
    name: str = "a"


def cheer(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    run_logger().info(f"{task.name} of {flow_run.flow_name} is done")


def weep(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    """Says what went wrong."""
    run_logger().error(f"{task.name}: {state.result(raise_on_failure=False)} in {str(task_run.flow_run_id)}")


@task(cache_policy=NO_CACHE)
def make(config: Amount) -> int:
    return config.rows


@task(retries=1, cache_policy=NO_CACHE)
def show(rows: int) -> None:
    print(rows)


@flow(
    name="small", description="A few.", task_runner=ThreadPoolTaskRunner(max_workers=2)
)
def small() -> State[Any]:
    """Makes and shows."""
    make_future = make.with_options(retries=3, on_failure=[weep]).submit(Amount(rows=3))
    show_future = show.with_options(on_failure=[weep]).submit(make_future)
    return settle(make=make_future, show=show_future)


@flow(name="large", task_runner=ThreadPoolTaskRunner())
def large() -> State[Any]:
    """Makes and shows."""
    make_future = make.with_options(on_completion=[cheer], on_failure=[weep]).submit(
        Amount(rows=300, name="b")
    )
    show_future = show.with_options(on_completion=[cheer], on_failure=[weep]).submit(
        make_future
    )
    return settle(make=make_future, show=show_future)


@flow(name="flock", task_runner=ThreadPoolTaskRunner())
def asked(make_config: Layered[Amount]) -> State[Any]:
    """Makes and shows."""
    make_future = make.submit(make_config)
    show_future = show.submit(make_future)
    return settle(make=make_future, show=show_future)
