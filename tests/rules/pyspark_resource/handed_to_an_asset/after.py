from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle
from prefect_support.spark import Spark


class Tuned(Spark):
    label: str = ""


def second() -> Spark:
    return Spark(spark_config={"spark.ui.enabled": "false"})


@materialize(
    Asset(key="asset://rows", properties=AssetProperties(name="rows")),
    cache_policy=NO_CACHE,
)
def rows(spark: Spark) -> int:
    return spark.spark_session.range(3).count()


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    spark_resource = spark()

    rows_future = rows.submit(spark_resource)
    return settle(rows=rows_future)


def spark() -> Spark:
    return Spark(spark_config={"spark.executor.memory": "2g"})


def tuned() -> Tuned:
    return Tuned(spark_config={})
