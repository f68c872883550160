from pathlib import Path

from prefect_support.dbt_models import dbt_models
from prefect_support.dbt_project import DbtInvocation, DbtProject

HERE = Path(__file__).parent

# the models of the shop
shop = DbtProject(
    project_dir=HERE / "shop",
    profiles_dir=Path("profiles"),
    target_path=Path("built"),
    profile="shop",
    target="prod",
)
shop.prepare()
plain = DbtProject(project_dir=HERE)


@dbt_models(shop.manifest_path, exclude="tag:slow")
def models(dbt: DbtProject) -> DbtInvocation:
    dbt.cli(["seed"], selected=False)
    return dbt.cli(["build", *dbt.get_defer_args()])


@dbt_models(plain.manifest_path, tags=["pool:dbt"])
def others(other: DbtProject) -> DbtInvocation:
    return other.cli(["build"])


def dbt() -> DbtProject:
    return shop


def other() -> DbtProject:
    return plain.model_copy(update={"target": "dev"})
