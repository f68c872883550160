"""Values kept as pickles in a bucket of Amazon S3, one object an asset and partition.

Written by `migrate convert`; yours to edit. Needs the package `boto3`.

    S3Pickles(s3_resource=S3Storage(), s3_bucket="lake")    # s3://lake/dagster/marts/orders/2026-01-01

Upstream: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3.html
"""

from __future__ import annotations

import pickle
from typing import Any

from pydantic import BaseModel

from .io import IOContext
from .object_paths import object_path
from .s3_storage import S3Storage


class S3Pickles(BaseModel):
    """A storage class: the bucket, and what the names of its objects start with."""

    s3_resource: S3Storage
    s3_bucket: str
    s3_prefix: str = "dagster"

    def handle_output(self, context: IOContext, obj: Any) -> None:
        """Write the value, None too."""
        key = object_path(self.s3_prefix, context)
        data = pickle.dumps(obj, protocol=4)
        self.s3_resource.get_client().put_object(Bucket=self.s3_bucket, Key=key, Body=data)
        context.add_output_metadata({"uri": f"s3://{self.s3_bucket}/{key}"})

    def load_input(self, context: IOContext) -> Any:
        """Read the value; raises FileNotFoundError when it was never stored."""
        client, key = self.s3_resource.get_client(), object_path(self.s3_prefix, context)
        try:
            found = client.get_object(Bucket=self.s3_bucket, Key=key)
        except client.exceptions.NoSuchKey as problem:
            raise FileNotFoundError(f"there is no s3://{self.s3_bucket}/{key}") from problem
        return pickle.loads(found["Body"].read())  # noqa: S301, RUF100 (our own objects)
