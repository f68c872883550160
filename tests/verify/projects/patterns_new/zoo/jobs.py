"""The less usual ways of wiring a flow; no task of these may run."""

from prefect import flow, task
from prefect.assets import materialize
from prefect.futures import as_completed, wait


@task
def start(x=None):
    raise AssertionError("a task ran")


@task
def double(x, y=None):
    raise AssertionError("a task ran")


@task
async def fetch(x):
    raise AssertionError("a task ran")


@flow
def inner(x):
    return double(x)


@flow
def nested():
    first = start.submit()
    second = inner(first)
    double.with_options(name="last", retries=3, retry_delay_seconds=[1, 2]).submit(second)


@flow
def called_directly():
    a, b = start()
    double(a, y={"deep": [b]})
    start.with_options(name="afterwards").submit()


@flow
def mapped():
    items = start.submit()
    doubled = double.map(items)
    wait(doubled)
    as_completed(doubled)
    start.with_options(name="collect").submit([d.result() for d in doubled])


@flow
def branching(limit: int):
    found = start()
    if found["rows"] > limit:
        double.with_options(name="many").submit(found)
    else:
        double.with_options(name="few").submit(found)


@flow
async def in_the_background():
    x = await fetch(1)
    y = double.submit(x)
    await fetch.with_options(name="again")(y)


@materialize("asset://above")
def above(): ...


@materialize("asset://below", asset_deps=["asset://above"])
def below(x): ...


@flow
def through_a_plain_task():
    below.submit(double.submit(above.submit()))


@flow
def of_the_other_partition(key: str = "x"):
    raise ValueError(f"no {key}")
