import os
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.flows import settle


def bucket_of(name: str) -> str:
    return os.path.abspath(name)


class Put(BaseModel, extra="forbid"):
    bucket: str
    prefix: str = ""


usual = Put(bucket=bucket_of("pond"))
KEPT = {"ops": {"put": {"config": {"bucket": bucket_of("lake"), "prefix": "k"}}}}


@task(cache_policy=NO_CACHE)
def put(config: Put) -> str:
    return f"{config.prefix}:{config.bucket}"


@flow(name="worked_out", task_runner=ThreadPoolTaskRunner())
def worked_out() -> State[Any]:
    put_future = put.submit(Put.model_validate(usual.dict()))
    return settle(put=put_future)


@flow(name="in_a_variable", task_runner=ThreadPoolTaskRunner())
def in_a_variable() -> State[Any]:
    put_future = put.submit(Put.model_validate(KEPT["ops"]["put"]["config"]))
    return settle(put=put_future)


@flow(name="nested", task_runner=ThreadPoolTaskRunner())
def nested() -> State[Any]:
    inner_put_future = put.with_options(name="inner.put").submit(Put(bucket="b"))
    put_future = put.submit(Put(bucket="a"))
    return settle(inner_put=inner_put_future, put=put_future)
