import os
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.ended_runs import RunEnded
from prefect_support.failure_notes import tell_by_mail, tell_slack
from prefect_support.flows import settle


@task(cache_policy=NO_CACHE)
def work() -> None:
    print("work")


@flow(name="nightly", task_runner=ThreadPoolTaskRunner())
def nightly() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


@flow(name="weekly", task_runner=ThreadPoolTaskRunner())
def weekly() -> State[Any]:
    work_future = work.submit()
    return settle(work=work_future)


# the whole team reads it
@flow(name="told")
def told(run_id: str, flow_name: str, message: str = "") -> None:
    tell_slack("#data", os.environ["SLACK_TOKEN"], RunEnded(run_id, flow_name, message))


@flow(name="mail")
def mail(run_id: str, flow_name: str, message: str = "") -> None:
    tell_by_mail(
        "data@example.org",
        os.environ["MAIL_PASSWORD"],
        ["team@example.org"],
        RunEnded(run_id, flow_name, message),
        host="smtp.example.org",
        kind="STARTTLS",
    )


@flow(name="slack_on_run_failure")
def slack_on_run_failure(run_id: str, flow_name: str, message: str = "") -> None:
    tell_slack("#more", os.environ["SLACK_TOKEN"], RunEnded(run_id, flow_name, message))
