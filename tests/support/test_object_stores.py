"""Pickles in buckets and folders: the keys that Dagster's own managers give, through what the client has.

The vendor's packages are not installed here: the clients below keep objects in memory, in their interface.
"""

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("support")
NO_SUCH_KEY = type("NoSuchKey", (Exception,), {})


class Bucket:
    """boto3's client of S3, as far as it is asked."""

    exceptions = SimpleNamespace(NoSuchKey=NO_SUCH_KEY)

    def __init__(self) -> None:
        self.objects: dict[tuple[str, str], bytes] = {}

    def put_object(self, Bucket: str, Key: str, Body: bytes) -> None:
        self.objects[Bucket, Key] = Body

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:
        if (Bucket, Key) not in self.objects:
            raise NO_SUCH_KEY(Key)
        return {"Body": io.BytesIO(self.objects[Bucket, Key])}


def test_objects_of_s3(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect_support.io import load, store  # type: ignore[import-not-found]
    from prefect_support.s3_pickles import S3Pickles  # type: ignore[import-not-found]
    from prefect_support.s3_storage import S3Storage  # type: ignore[import-not-found]

    bucket = Bucket()
    monkeypatch.setattr(S3Storage, "get_client", lambda self: bucket)
    pickles = S3Pickles(s3_resource=S3Storage(), s3_bucket="lake")
    below = S3Pickles(s3_resource=S3Storage(), s3_bucket="lake", s3_prefix="a/b")
    store(pickles, "asset://marts/orders", {"n": 1}, "2024-01-01")
    store(pickles, "asset://sums", 2, "2024-01-01|de")
    store(below, "asset://total", None)
    assert set(bucket.objects) == {
        ("lake", "dagster/marts/orders/2024-01-01"),
        ("lake", "dagster/sums/2024-01-01/de"),
        ("lake", "a/b/total"),
    }
    assert load(pickles, "asset://marts/orders", "2024-01-01") == {"n": 1}
    assert load(below, "asset://total") is None
    with pytest.raises(FileNotFoundError, match="s3://lake/dagster/never"):
        load(pickles, "asset://never")


def test_blobs_of_google(monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect_support.gcs_pickles import GCSPickles  # type: ignore[import-not-found]
    from prefect_support.gcs_storage import GCSStorage  # type: ignore[import-not-found]
    from prefect_support.io import load, store

    blobs: dict[str, bytes] = {}

    def blob(name: str) -> SimpleNamespace:
        put = lambda data: blobs.__setitem__(name, data)  # noqa: E731
        return SimpleNamespace(upload_from_string=put, download_as_bytes=lambda: blobs[name])

    client = SimpleNamespace(bucket=lambda name: SimpleNamespace(blob=blob))
    monkeypatch.setattr(GCSStorage, "get_client", lambda self: client)
    pickles = GCSPickles(gcs=GCSStorage(), gcs_bucket="lake")
    store(pickles, "asset://marts/orders", [1], "2024-01-01")
    assert load(pickles, "asset://marts/orders", "2024-01-01") == [1]
    assert set(blobs) == {"dagster/marts/orders/2024-01-01"}


def test_files_of_two_dimensions_are_where_dagster_has_them(tmp_path: Path) -> None:
    import dagster as dg
    from prefect_support.io import load
    from prefect_support.pickled_files import PickledFiles  # type: ignore[import-not-found]

    day, land = (dg.StaticPartitionsDefinition([key]) for key in ("2024-01-01", "de"))
    both = dg.MultiPartitionsDefinition({"day": day, "land": land})

    @dg.asset(partitions_def=both)
    def sums() -> int:
        return 3

    key = dg.MultiPartitionKey({"day": "2024-01-01", "land": "de"})
    manager = dg.FilesystemIOManager(base_dir=str(tmp_path))
    assert dg.materialize([sums], partition_key=key, resources={"io_manager": manager}).success
    assert load(PickledFiles(base_dir=str(tmp_path)), "asset://sums", "2024-01-01|de") == 3
