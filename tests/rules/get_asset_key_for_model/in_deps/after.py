from pathlib import Path

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject


@dbt_models(Path("manifest.json"))
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


@materialize(
    Asset(key="asset://report", properties=AssetProperties(name="report")),
    asset_deps=["asset://fct_orders"],
    cache_policy=NO_CACHE,
)
def report() -> int:
    return 1
