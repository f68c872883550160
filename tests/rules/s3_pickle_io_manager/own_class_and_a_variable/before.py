"""A class of the project's own on top of it, and one that stands in a variable."""

from dagster import Definitions, asset
from dagster_aws.s3 import S3PickleIOManager, S3Resource

client = S3Resource()
store = S3PickleIOManager(s3_resource=client, s3_bucket="raw")


class Logged(S3PickleIOManager):
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
    resources={"io_manager": store, "logged": Logged(s3_resource=client, s3_bucket="logged")},
)
