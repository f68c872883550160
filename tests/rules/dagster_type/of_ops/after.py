from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.failures import may_retry
from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.value_types import TypeCheck, ValueType, typed

CALLS: list[str] = []


def is_rows(_, value):
    if not isinstance(value, list):
        return TypeCheck(False, description="no list", metadata={"is": type(value).__name__})
    return TypeCheck(success=all(isinstance(row, dict) for row in value), metadata={"rows": len(value)})


Rows = ValueType(type_check_fn=is_rows, name="Rows", description="Rows of a table.")
Even = ValueType(lambda _, value: isinstance(value, int) and value % 2 == 0, name="Even")
Number = ValueType.of(python_type=(int, float), name="Number")


class Odd(BaseModel, extra="forbid"):
    by: int = 0


@task(retries=2, retry_condition_fn=may_retry, cache_policy=NO_CACHE)
@typed(Rows)
def read(config: Odd):
    CALLS.append("read")
    return [{"n": config.by}] if config.by < 10 else ["n"]


@task(cache_policy=NO_CACHE)
@typed(Number, rows=Rows)
def count(rows):
    CALLS.append("count")
    return str(rows[0]["n"]) if rows[0]["n"] == 3 else rows[0]["n"]


@task(cache_policy=NO_CACHE)
@typed(number=Even)
def halve(number: int, label: str) -> str:
    CALLS.append("halve")
    return f"{label} {number // 2}"


@task
def both(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:41: the type of one of several outputs (line 40) has no "
        "counterpart. Check the value in the function, before it is handed "
        "over."
    )
    # return 1, 2


@flow(name="halving", task_runner=ThreadPoolTaskRunner())
def halving(
    read_config: Layered[Odd] = layered(Odd),  # noqa: B008
) -> State[Any]:
    read_future = read.submit(read_config)
    count_future = count.submit(read_future)
    halve_future = halve.submit(count_future, "x")
    return settle(read=read_future, count=count_future, halve=halve_future)
