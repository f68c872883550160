from dataclasses import dataclass
from typing import Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.tasks import MaterializingTask

from prefect_support.flows import settle
from prefect_support.validations import CheckResult, ValidationTask, validation


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> list[int]:
    return [1]


def made(name: str) -> MaterializingTask[..., Any]:
    @materialize(
        Asset(key=f"asset://{name}", properties=AssetProperties(name=name)),
        name=name,
        cache_policy=NO_CACHE,
    )
    def _asset() -> int:
        return len(name)

    return _asset


refunds = made("refunds")
OF_REFUNDS = ["asset://orders", "asset://refunds"]


def untold(table: str):
    @task
    def _check(*_args: object, **_kwargs: object) -> object:
        raise NotImplementedError(
            "code.py:26: its name cannot be told by reading. Write the name out "
            "where it is called."
        )
        # return dg.AssetCheckResult(passed=True)

    return _check


@dataclass(frozen=True)
class Table:
    source: str
    enabled: frozenset[str] = frozenset({"filled", "fresh"})

    def __post_init__(self) -> None:
        if self.enabled - {"filled", "fresh"}:
            raise ValueError(self.source)

    @property
    def prefix(self) -> str:
        return f"{self.source}_all"


def filled(table: Table):
    @validation(f"asset://{table.source}", name=f"{table.prefix}_filled")
    def _check() -> CheckResult:
        return CheckResult(passed=True)

    return _check


def checks_for(tables: list[Table]) -> list[ValidationTask[...]]:
    found: list[ValidationTask[...]] = []
    for table in tables:
        if "filled" in table.enabled:
            found.append(filled(table))
    return found


unnamed = untold("orders")
checks = checks_for([Table("orders"), Table("refunds", enabled=frozenset({"fresh"}))])


@flow(name="only_checks", task_runner=ThreadPoolTaskRunner())
def only_checks() -> State[Any]:
    orders_all_filled_future = checks[0].submit()
    return settle(orders_all_filled=orders_all_filled_future)
