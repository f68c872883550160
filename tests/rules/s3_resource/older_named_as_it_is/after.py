from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.s3_storage import S3Storage


@materialize(
    Asset(key="asset://listed", properties=AssetProperties(name="listed")),
    cache_policy=NO_CACHE,
)
def listed(s3: Any) -> None:
    s3.list_buckets()


def s3() -> Any:
    return S3Storage().get_client()


@flow(name="lists", task_runner=ThreadPoolTaskRunner())
def lists() -> State[Any]:
    s3_resource = s3()

    listed_future = listed.submit(s3_resource)
    return settle(listed=listed_future)
