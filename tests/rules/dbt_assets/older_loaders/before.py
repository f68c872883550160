import json
import os

from dagster import AssetKey, Definitions, asset, define_asset_job
from dagster_dbt import dbt_cli_resource, load_assets_from_dbt_manifest, load_assets_from_dbt_project

SHOP = os.path.join(os.path.dirname(__file__), "shop")

# the models of the shop, below the name of its database
dbt_assets = load_assets_from_dbt_project(
    SHOP,
    profiles_dir=SHOP,
    key_prefix=["duck", "shop"],
    source_key_prefix="duck",
    select="tag:daily",
)
others = load_assets_from_dbt_manifest(
    json.load(open(os.path.join(SHOP, "target", "manifest.json"))),
    use_build_command=False,
    dbt_resource_key="other_dbt",
    op_name="other_models",
)
told = load_assets_from_dbt_project(SHOP, node_info_to_group_fn=lambda node: "shop")


@asset(deps=[AssetKey(["duck", "shop", "orders"])])
def report() -> None: ...


defs = Definitions(
    assets=[*dbt_assets, *others, *told, report],
    jobs=[define_asset_job("reporting", selection="report")],
    resources={
        "dbt": dbt_cli_resource.configured({"project_dir": SHOP, "profiles_dir": SHOP}),
        "other_dbt": dbt_cli_resource.configured({"project_dir": SHOP}),
    },
)
