from pathlib import Path
import os
from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_naming import NodeNames
from prefect_support.dbt_project import DbtInvocation, DbtProject
from prefect_support.flows import settle

SHOP = os.path.join(os.path.dirname(__file__), "shop")

# the models of the shop, below the name of its database
run_dbt_project = DbtProject(project_dir=SHOP, profiles_dir=SHOP)
run_dbt_project.prepare()


class RunDbtNames(NodeNames):
    def get_asset_key(self, dbt_resource_props):
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props).with_prefix("duck")
        return super().get_asset_key(dbt_resource_props).with_prefix(["duck", "shop"])


@dbt_models(run_dbt_project.manifest_path, select="tag:daily", names=RunDbtNames())
def run_dbt(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@dbt_models(
    Path(os.path.join(SHOP, "target", "manifest.json")),
    select="resource_type:model",
    name="other_models",
)
def run_dbt_2(other_dbt: DbtProject) -> DbtInvocation:
    return other_dbt.cli(["run"])


def told(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:23: load_assets_from_dbt_project told: it is not converted. "
        "Write it by hand, or ask for a rule."
    )


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://duck/shop/orders"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    ...


def dbt() -> DbtProject:
    return DbtProject(project_dir=SHOP, profiles_dir=SHOP)


def other_dbt() -> DbtProject:
    return DbtProject(project_dir=SHOP)


@flow(name="reporting", task_runner=ThreadPoolTaskRunner())
def reporting() -> State[Any]:
    report_future = report.submit()
    return settle(report=report_future)
