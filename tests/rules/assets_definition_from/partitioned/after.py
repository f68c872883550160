from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@task(cache_policy=NO_CACHE)
def fetch(partition_key: str):
    return partition_key


@materialize(
    Asset(key="asset://daily", properties=AssetProperties(name="daily")),
    cache_policy=NO_CACHE,
)
def daily(partition_key: str):
    fetch_future = fetch.submit(partition_key)
    return fetch_future.result()
