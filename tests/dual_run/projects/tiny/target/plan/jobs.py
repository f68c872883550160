"""The same two steps and checks as a Prefect flow, written by hand."""

from typing import Literal

from prefect import flow, task
from prefect.events import emit_event
from prefect.runtime import task_run
from prefect.states import Completed, State

from plan import model
from plan.faults import is_noisy, strike, writes_nothing

Year = Literal["2025", "2026", "2027", "2028", "2029", "2030"]


@task
def headcount(partition_key: str) -> None:
    strike(int(partition_key))
    if not writes_nothing():
        model.headcount(int(partition_key))


@task
def pay(partition_key: str) -> None:
    if not writes_nothing():
        if is_noisy():
            model.noise(int(partition_key))
        model.pay(int(partition_key))


def verdict(asset: str, name: str, passed: bool, severity: str, blocking: bool) -> None:
    check = {"asset": asset, "name": name, "passed": passed, "severity": severity, "blocking": blocking}
    resource = {"prefect.resource.id": f"prefect.task-run.{task_run.id}"}
    emit_event("asset-checks.evaluated", resource=resource, payload={"checks": [check]})


@task(tags={"asset-check"})
def somebody_is_here() -> None:
    verdict("asset://headcount", "somebody_is_here", True, "ERROR", True)


@task(tags={"asset-check"})
def everybody_is_rich() -> State:
    verdict("asset://pay", "everybody_is_rich", False, "WARN", False)
    return Completed(name="CheckWarned", message="warned: pay everybody_is_rich")


@flow(name="simulate_year")
def simulate_year(partition_key: Year) -> None:
    people = headcount.submit(partition_key)
    here = somebody_is_here.submit(wait_for=[people])
    paid = pay.submit(partition_key, wait_for=[here])
    rich = everybody_is_rich.submit(wait_for=[paid])
    for future in (people, here, paid, rich):
        future.result()
