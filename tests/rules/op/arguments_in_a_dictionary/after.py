from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from prefect_support.flow_parameters import Layered
from prefect_support.flows import settle

PATIENT = {"retry_policy": {"retries": 2}, "name": "named"}


class DownloadConfig(BaseModel, extra="forbid"):
    """Config of `download`."""

    path: str = Field(description="Where to")


@task(cache_policy=NO_CACHE)
def download(sftp: Any, config: DownloadConfig) -> str:
    return sftp + config.path


@task(name="named", retries=2, cache_policy=NO_CACHE)
def patient():
    return 1


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything(download_config: Layered[DownloadConfig]) -> State[Any]:
    sftp_resource = sftp()

    download_future = download.submit(sftp_resource, download_config)
    named_future = patient.submit()
    return settle(download=download_future, named=named_future)


def sftp() -> Any:
    return "files"
