from pathlib import Path
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject
from prefect_support.flows import settle


@dbt_models(Path("target/manifest.json"), select="tag:daily", exclude="tag:slow")
def daily(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@dbt_models(Path("target/manifest.json"), select="tag:slow")
def slow(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@materialize(
    Asset(key="asset://loaded", properties=AssetProperties(name="loaded")),
    cache_policy=NO_CACHE,
)
def loaded() -> None:
    ...


@flow(name="part", task_runner=ThreadPoolTaskRunner())
def part() -> State[Any]:
    dbt_resource = dbt()

    daily_future = daily.part(select="tag:shop", exclude="config.materialized:view").submit(
        dbt_resource
    )
    return settle(daily=daily_future)


@flow(name="with_more", task_runner=ThreadPoolTaskRunner())
def with_more() -> State[Any]:
    dbt_resource = dbt()

    daily_future = daily.part(select="tag:shop", exclude="config.materialized:view").submit(
        dbt_resource
    )
    loaded_future = loaded.submit()
    return settle(daily=daily_future, loaded=loaded_future)


@flow(name="whole", task_runner=ThreadPoolTaskRunner())
def whole() -> State[Any]:
    dbt_resource = dbt()

    slow_future = slow.submit(dbt_resource)
    loaded_future = loaded.submit()
    return settle(slow=slow_future, loaded=loaded_future)


def two(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: define_asset_job two: its selection cannot be resolved by "
        "reading: it joins parts of a dbt project of which one leaves something "
        "out. Write the flow by hand."
    )


def around(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:26: define_asset_job around: its selection cannot be resolved "
        "by reading: only dbt knows what is around its models. Write the flow "
        "by hand."
    )


def less(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:27: define_asset_job less: its selection cannot be resolved by "
        "reading: which models a dbt step takes is for dbt to say. Write the "
        "flow by hand."
    )


def dbt() -> DbtProject:
    return DbtProject(project_dir=Path("dbt"))
