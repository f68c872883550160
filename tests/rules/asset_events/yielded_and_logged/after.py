from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from prefect_support.asset_events import expected, materialized, observed


@task(cache_policy=NO_CACHE)
def report(rows: int) -> Any:
    outputs: dict[str, Any] = {}
    materialized(
        "asset://reports/daily",
        description="The report.",
        metadata={"rows": rows, "path": "report.html"},
    )
    # seen
    observed("asset://orders", metadata={"rows": rows})
    materialized(f"asset://orders_{rows}")
    expected(rows > 0, label="rows", metadata={"rows": rows})
    outputs["result"] = rows
    return outputs["result"]


@task(cache_policy=NO_CACHE)
def quiet() -> None:
    observed("asset://raw/orders")
