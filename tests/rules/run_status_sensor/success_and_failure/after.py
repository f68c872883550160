from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.ended_runs import RunEnded
from prefect_support.flows import settle
from prefect_support.sensors import RunRequest, launch


@task(cache_policy=NO_CACHE)
def work() -> None:
    print("work")


@flow(name="working", task_runner=ThreadPoolTaskRunner())
def working() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


@flow(name="tell_somebody")
def tell_somebody(run_id: str, flow_name: str, message: str = "") -> None:
    """Says what went wrong."""
    _tell_somebody(RunEnded(run_id, flow_name, message))


def _tell_somebody(context: RunEnded) -> None:
    run = context.run_id
    context.log.error("%s of %s: %s", run, context.flow_name, context.message)


@flow(name="done")
def done(run_id: str, flow_name: str, message: str = "") -> None:
    _done(RunEnded(run_id, flow_name, message))


def _done(context: RunEnded) -> None:
    print(context.flow_name)


@flow(name="again")
def again(run_id: str, flow_name: str, message: str = "") -> int:
    return launch(
        "again",
        lambda _: _again(RunEnded(run_id, flow_name, message)),
        deployment="working/working",
    )


def _again(context: RunEnded) -> Any:
    return RunRequest(run_key=None)


@flow(name="asks_for_tags")
def asks_for_tags(run_id: str, flow_name: str, message: str = "") -> None:
    _asks_for_tags(RunEnded(run_id, flow_name, message))


def _asks_for_tags(context: RunEnded) -> None:
    print(context.dagster_run.tags)
