from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject


@dbt_models(Path("manifest.json"))
def models(dbt: DbtProject) -> DbtInvocation:
    return dbt.cli(["build"])


ORDERS = "asset://fct_orders"
