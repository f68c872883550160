from typing import Any
from zoneinfo import ZoneInfo

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, SensorContext, launch, parameters_of


class Limits(BaseModel, extra="forbid"):
    rows: int = 10


@task(cache_policy=NO_CACHE)
def load(config: Limits) -> None:
    print(config.rows)


@flow(name="loading", task_runner=ThreadPoolTaskRunner())
def loading(
    load_config: Layered[Limits] = layered(Limits),  # noqa: B008
) -> State[Any]:
    load_future = load.submit(load_config)
    return settle(load=load_future)


def limited(rows: int) -> dict[str, Any]:
    return {"ops": {"load": Limits(rows=rows)}}


@flow(name="twice_a_day")
def twice_a_day() -> int:
    return launch("twice_a_day", _twice_a_day, deployment="loading/loading")


def _twice_a_day(context: SensorContext) -> RunRequest:
    rows = 5 if context.scheduled_execution_time.astimezone(ZoneInfo("Europe/Paris")).hour < 12 else 50
    return RunRequest(run_key=None, parameters=parameters_of(limited(rows)))


def with_resources_configured(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:34: the run config it answers with sets up db, which flows "
        "make themselves. Give the flow a parameter, and make the resource of "
        "it."
    )
    # return dg.RunRequest(run_config=dg.RunConfig(ops={}, resources={"db": {"config": {}}}))
