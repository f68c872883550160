from typing import Any, List, Optional

from dagster import Definitions, DynamicOut, DynamicOutput, In, Int, RetryPolicy, job, op

SEASON = "summer"
patience = RetryPolicy(max_retries=2)


@op
def load(path: str, rows: Optional[int]) -> list:
    return [path, rows]


@op(ins={"xs": In(List[Int])})
def total(xs):
    return sum(xs)


@op(ins={"n": In(int, default_value=4)})
def twice(n: int) -> int:
    return 2 * n


@op
def echo(x: Any) -> Any:
    return x


@op(out=DynamicOut())
def pieces():
    for number in range(2):
        yield DynamicOutput(number, mapping_key=str(number))


def either(path):
    if SEASON == "summer":
        return echo(path)
    return total(path)


def echoed(path, *, times="one"):
    """No op itself: it invokes one."""
    return echo.alias(f"echo_{times}")(path)


@job
def nothing(): ...


@job
def asks():
    echoed(load())
    total()
    twice()


@job(config={"ops": {"load": {"inputs": {"path": {"value": "pond"}, "rows": 3}}}})
def told():
    echoed(load(), times="twice")


@job
def for_each():
    def each(piece):
        first = echo(piece)
        return echo.with_retry_policy(patience)(first)

    pieces().map(each)


@job
def chosen():
    either(twice.alias("doubled")())
    if SEASON == "winter":
        total()
    elif SEASON == "summer":
        twice()
    else:
        echo()


defs = Definitions(jobs=[nothing, asks, told, for_each, chosen])
