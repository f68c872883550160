from prefect import flow

from prefect_support.asset_events import materialized
from prefect_support.sensors import SensorContext, SensorResult, launch


@flow(name="outside")
def outside() -> int:
    return launch("outside", _outside)


def _outside(context: SensorContext) -> SensorResult:
    return SensorResult(
        asset_events=[
            materialized("asset://raw/orders", metadata={"size": 3})
        ],
        cursor="1",
    )
