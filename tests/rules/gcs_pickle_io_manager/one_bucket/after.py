"""A bucket whose client is a resource of its own, and an argument that the target has not."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.gcs_pickles import GCSPickles
from prefect_support.gcs_storage import GCSStorage
from prefect_support.io import store


def gcs() -> GCSStorage:
    return GCSStorage(project="lake")


def other() -> GCSPickles:
    return GCSPickles(gcs=gcs(), gcs_bucket="other")


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: GCSPickles) -> int:
    return store(io_manager, "asset://orders", 1)


def io_manager() -> GCSPickles:
    return GCSPickles(gcs=gcs(), gcs_bucket="raw")
