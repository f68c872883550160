from typing import Annotated

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect_support.partitions import partition_of
from prefect_support.retries import constant, exponential, plus_minus
from prefect_support.validations import CheckResult, validation
from pydantic import BaseModel

years = partition_of(["2025", "2026", "2027"])
Years = Annotated[str, years]


class PriceConfig(BaseModel):
    factor: float = 1.5
    rounded: bool = True


RECEIPTS = Asset(key="asset://receipts", properties=AssetProperties(owners=["till@example.com", "team:till"]))


@materialize(RECEIPTS, asset_deps=["asset://till/receipts"], tags=["group:input"])
def receipts(database: str) -> None: ...


@materialize(
    "asset://orders",
    asset_deps=["asset://receipts"],
    retries=3,
    retry_delay_seconds=exponential(1, 3),
)
def orders(config: PriceConfig, partition_key: str) -> int:
    return 1


@materialize(
    "asset://customers",
    tags=["group:input"],
    retries=2,
    retry_delay_seconds=plus_minus(constant(2, 2), 2),
)
def customers() -> int:
    return 1


@materialize("asset://marts/best", "asset://marts/total", asset_deps=["asset://orders", "asset://customers"])
def figures(orders: int, customers: int) -> dict[str, int]:
    return {"best": 1, "total": 2}


@materialize("asset://window", asset_deps=["asset://marts/best"])
def window(partition_key: str) -> None: ...


def published(year: str):
    @materialize(f"asset://published_{year}", asset_deps=["asset://window"], tags=["group:published"])
    def one() -> None: ...

    return one


published_years = [published(year) for year in years.keys]


@validation("asset://receipts", blocking=True)
def receipts_exist(database: str) -> CheckResult:
    return CheckResult(passed=True)


@validation("asset://orders")
def orders_are_small() -> CheckResult:
    return CheckResult(passed=True)


@task
def unrelated() -> None: ...
