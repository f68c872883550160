from typing import Annotated

from prefect import task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.partitions import MultiKey, MultiPartitions, partition_of
from prefect_support.time_windows import daily

multi = MultiPartitions(
    {
        "day": daily("2024-01-01"),
        "region": partition_of(["eu", "us"]),
    },
)
Multi = Annotated[str, multi]


@materialize(
    Asset(key="asset://region", properties=AssetProperties(name="region")),
    cache_policy=NO_CACHE,
)
def region(partition_key: MultiKey) -> str:
    keys = partition_key.keys_by_dimension
    return keys["region"]


@materialize(
    Asset(key="asset://day", properties=AssetProperties(name="day")),
    cache_policy=NO_CACHE,
)
def day(partition_key: MultiKey) -> str:
    key = partition_key
    assert isinstance(key, MultiKey)
    return key.keys_by_dimension["day"]


@task
def none(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: context.multi_partition_key of partitions of one dimension "
        "(line 26) has no counterpart. Dagster raises here too: give it "
        "partitions, or take the line out."
    )
    # return context.multi_partition_key
