from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run


@materialize(
    Asset(key="asset://silver", properties=AssetProperties(name="silver")),
    name="silver",
    tags=["group:metals"],
    cache_policy=NO_CACHE,
)
def count_silver() -> None:
    get_run_logger().info(f"run {flow_run.id}")
