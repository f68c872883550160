"""A bucket whose client is a resource of its own, and an argument that the target has not."""

from dagster import Definitions, asset
from dagster_gcp.gcs import GCSPickleIOManager, GCSResource

gcs = GCSResource(project="lake")


other = GCSPickleIOManager(gcs=gcs, gcs_bucket="other")


@asset
def orders() -> int:
    return 1


defs = Definitions(
    assets=[orders],
    resources={"gcs": gcs, "other": other, "io_manager": GCSPickleIOManager(gcs=gcs, gcs_bucket="raw")},
)
