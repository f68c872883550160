"""The objects of a bucket in the order they were last changed, from a known one on.

Written by `migrate convert`; yours to edit. Needs the package `boto3`.

    for key in get_s3_keys("lake", prefix="raw/", since_key=context.cursor):

An object that was changed again moves to the end: after a key that has moved, others may be missed.

Upstream: https://boto3.amazonaws.com/v1/documentation/api/latest/reference/services/s3/paginator/ListObjectsV2.html
"""

from __future__ import annotations

from datetime import datetime
from typing import Any


def get_objects(
    bucket: str,
    prefix: str = "",
    since_key: str | None = None,
    since_last_modified: datetime | None = None,
    client: Any = None,
) -> list[Any]:
    """What S3 says of each object, oldest change first; those changed after the key or the moment.

    Raises LookupError when there is no object of that key.
    """
    if not client:
        import boto3

        client = boto3.client("s3")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix, Delimiter="")
    found = [one for page in pages for one in page.get("Contents", [])]
    found.sort(key=lambda one: one["LastModified"])
    if since_key:
        place = next((place for place, one in enumerate(found) if one["Key"] == since_key), None)
        if place is None:
            raise LookupError(f"there is no object {since_key}")
        return found[place + 1 :]
    return [one for one in found if not since_last_modified or one["LastModified"] > since_last_modified]


def get_s3_keys(
    bucket: str, prefix: str = "", since_key: str | None = None, s3_session: Any = None
) -> list[str]:
    """The keys of the objects, oldest change first; those changed after `since_key`."""
    return [one["Key"] for one in get_objects(bucket, prefix, since_key, client=s3_session)]
