"""A bucket, with the older spelling in another code location's words."""

import os
from typing import Annotated, Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import store
from prefect_support.partition_maps import all_of, load_each
from prefect_support.s3_pickles import S3Pickles
from prefect_support.s3_storage import S3Storage
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]


class Ours:
    def __init__(self, *_args: object, **_kwargs: object) -> None:
        raise NotImplementedError(
            "code.py:9: S3PickleIOManager Ours: a class on top of S3PickleIOManager "
            "is not converted. Write it by hand, or ask for a rule."
        )


def variable() -> S3Pickles:
    return S3Pickles(s3_resource=S3Storage(), s3_bucket="other")


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: S3Pickles, partition_key: str) -> int:
    return store(io_manager, "asset://orders", 1, partition_key)


@materialize(
    Asset(key="asset://total", properties=AssetProperties(name="total")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def total(older: S3Pickles, io_manager: S3Pickles) -> int:
    orders = load_each(io_manager, "asset://orders", all_of(days))
    return store(older, "asset://total", sum(orders.values()))


def io_manager() -> S3Pickles:
    return S3Pickles(
            s3_resource=S3Storage(region_name="eu-central-1"), s3_bucket=os.environ["BUCKET"], s3_prefix="lake"
        )


def older() -> S3Pickles:
    return S3Pickles(s3_resource=S3Storage(), s3_bucket=os.environ["BUCKET"])


def s3() -> Any:
    return S3Storage().get_client()
