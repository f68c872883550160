"""A class of the project's own on top of it, and one that stands in a variable."""

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.gcs_pickles import GCSPickles
from prefect_support.gcs_storage import GCSStorage
from prefect_support.io import load, store as prefect_store

client = GCSStorage()


def store() -> GCSPickles:
    return GCSPickles(gcs=client, gcs_bucket="raw")


class Logged(GCSPickles):
    def handle_output(self, context, obj):
        print(obj)
        super().handle_output(context, obj)


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders(io_manager: GCSPickles) -> int:
    return prefect_store(io_manager, "asset://orders", 1)


@materialize(
    Asset(key="asset://totals", properties=AssetProperties(name="totals")),
    asset_deps=["asset://orders"],
    cache_policy=NO_CACHE,
)
def totals(logged: Logged, io_manager: GCSPickles) -> int:
    orders = load(io_manager, "asset://orders")
    return prefect_store(logged, "asset://totals", orders)


def logged() -> Logged:
    return Logged(gcs=client, gcs_bucket="logged")
