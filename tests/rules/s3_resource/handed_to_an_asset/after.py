import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.s3_storage import S3Storage


class Named(S3Storage):
    label: str = ""


def second() -> S3Storage:
    return S3Storage()


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    cache_policy=NO_CACHE,
)
def report(client: S3Storage) -> None:
    client.get_client().list_buckets()


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    client_resource = client()

    report_future = report.submit(client_resource)
    return settle(report=report_future)


def named() -> Named:
    return Named()


def client() -> S3Storage:
    return S3Storage(region_name="eu-west-1", aws_access_key_id=os.environ.get("SECRET"))
