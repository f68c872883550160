"""A dbt project of three models and one test, in Dagster. `python dagster_side.py` runs it."""

import json
import os
import tempfile
from pathlib import Path

import dagster as dg
import duckdb
from dagster_dbt import DbtCliResource, dbt_assets

DBT = Path(__file__).parent / "dbt"
os.environ.setdefault("SHOP_DB", str(Path(tempfile.mkdtemp()) / "dagster.duckdb"))
os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")

dbt = DbtCliResource(project_dir=str(DBT), profiles_dir=str(DBT))
MANIFEST = DBT / "target" / "manifest.json"
if not MANIFEST.is_file():
    dbt.cli(["parse"], target_path=DBT / "target").wait()


class Shop(dg.Config):
    price: str = "400"


# Dagster reads the manifest: each model becomes an asset, each data test a check of it.
@dbt_assets(manifest=MANIFEST)
def models(context: dg.AssetExecutionContext, dbt: DbtCliResource, config: Shop):
    yield from dbt.cli(["build", "--vars", f"price: {config.price}"], context=context).stream()


def outcome(price: str, selected: str) -> dict:
    result = dg.materialize(
        [models],
        selection=dg.AssetSelection.assets(selected).upstream(),
        resources={"dbt": dbt},
        run_config=dg.RunConfig(ops={"models": Shop(price=price)}),
        raise_on_error=False,
    )
    events = result.get_asset_materialization_events()
    return {"success": result.success, "made": sorted(e.asset_key.to_user_string() for e in events)}


if __name__ == "__main__":
    found = {"good": outcome("400", "revenue")}
    with duckdb.connect(os.environ["SHOP_DB"]) as database:
        found["revenue"] = database.execute("select revenue from revenue").fetchone()[0]
    found["unpriced"] = outcome("null", "revenue")
    print(json.dumps(found))
