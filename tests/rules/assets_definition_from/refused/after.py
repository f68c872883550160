from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask


@task(cache_policy=NO_CACHE)
def fetch() -> int:
    return 1


def of_graph(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:14: from_graph of_graph: its assets are not read. Write it as "
        "a function below @graph_asset, or @asset for a single op, and convert "
        "again."
    )


def of_op(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:15: from_op of_op: its assets are not read. Write it as a "
        "function below @graph_asset, or @asset for a single op, and convert "
        "again."
    )


def annotated(given: MaterializingTask[..., Any]) -> MaterializingTask[..., Any]:
    return given
