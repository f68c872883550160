from typing import Any

from prefect import State, Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle
from prefect_support.validations import run_logger


class Bell(BaseModel):
    tone: str = "high"

    def ring(self, text: str) -> None:
        print(self.tone, text)


# rings
def cheer(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    """Rings the bell."""
    bell().ring(f"{task.name} of {flow_run.flow_name} in {str(task_run.flow_run_id)}")
    run_logger().info("cheer")


def weep(task: Task[..., Any], task_run: TaskRun, state: State[Any]) -> None:
    run_logger().error(f"{task.name}: {state.result(raise_on_failure=False)}", exc_info=state.result(raise_on_failure=False))


def asks_too_much(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: context.instance of a hook (line 26) has no counterpart. "
        "Ask Prefect's API with prefect.get_client(), or keep what you need in "
        "a Variable."
    )
    # context.instance.wipe()


@task(cache_policy=NO_CACHE)
def make() -> int:
    return 1


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    make_future = make.with_options(on_completion=[cheer], on_failure=[weep]).submit()
    make_2_future = make.with_options(
        name="make_2", on_completion=[cheer], on_failure=[weep, asks_too_much]
    ).submit()
    return settle(make=make_future, make_2=make_2_future)


def bell() -> Bell:
    return Bell()
