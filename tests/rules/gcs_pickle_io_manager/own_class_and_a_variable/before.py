"""A class of the project's own on top of it, and one that stands in a variable."""

from dagster import Definitions, asset
from dagster_gcp.gcs import GCSPickleIOManager, GCSResource

client = GCSResource()
store = GCSPickleIOManager(gcs=client, gcs_bucket="raw")


class Logged(GCSPickleIOManager):
    def handle_output(self, context, obj):
        print(obj)
        super().handle_output(context, obj)


@asset
def orders() -> int:
    return 1


@asset(io_manager_key="logged")
def totals(orders: int) -> int:
    return orders


defs = Definitions(
    assets=[orders, totals],
    resources={"io_manager": store, "logged": Logged(gcs=client, gcs_bucket="logged")},
)
