from pathlib import Path

from dagster import AssetExecutionContext, BackfillPolicy, Definitions
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

HERE = Path(__file__).parent

# the models of the shop
shop = DbtProject(
    project_dir=HERE / "shop",
    profiles_dir="profiles",
    target_path="built",
    profile="shop",
    target="prod",
    packaged_project_dir=HERE / "packed",
)
shop.prepare_if_dev()
plain = DbtProject(str(HERE))


@dbt_assets(manifest=shop.manifest_path, project=shop, exclude="tag:slow")
def models(context: AssetExecutionContext, dbt: DbtCliResource):
    dbt.cli(["seed"]).wait()
    yield from dbt.cli(["build", *dbt.get_defer_args()], context=context).stream()


@dbt_assets(manifest=plain.manifest_path, backfill_policy=BackfillPolicy.single_run(), io_manager_key="io", pool="dbt")
def others(context: AssetExecutionContext, other: DbtCliResource):
    yield from other.cli(["build"], context=context).stream()


defs = Definitions(
    assets=[models, others],
    resources={
        "dbt": DbtCliResource(project_dir=shop),
        "other": DbtCliResource(plain, target="dev"),
    },
)
