"""Values kept as pickles in a bucket of Google Cloud Storage, one object an asset and partition.

Written by `migrate convert`; yours to edit. Needs the package `google-cloud-storage`.

    GCSPickles(gcs=GCSStorage(), gcs_bucket="lake")    # gs://lake/dagster/marts/orders/2026-01-01

Upstream: https://cloud.google.com/python/docs/reference/storage/latest
"""

from __future__ import annotations

import pickle
from typing import Any

from pydantic import BaseModel

from .gcs_storage import GCSStorage
from .io import IOContext
from .object_paths import object_path


class GCSPickles(BaseModel):
    """A storage class: the bucket, and what the names of its objects start with."""

    gcs: GCSStorage
    gcs_bucket: str
    gcs_prefix: str = "dagster"

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Write the value, None too."""
        self._blob(context).upload_from_string(pickle.dumps(obj, protocol=4))

    def load_input(self, context: IOContext) -> Any:
        """Read the value; raises google's NotFound when it was never stored."""
        return pickle.loads(self._blob(context).download_as_bytes())  # noqa: S301, RUF100 (our own objects)

    def _blob(self, context: IOContext) -> Any:
        bucket = self.gcs.get_client().bucket(self.gcs_bucket)
        return bucket.blob(object_path(self.gcs_prefix, context))
