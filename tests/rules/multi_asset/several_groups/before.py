import dagster as dg


@dg.multi_asset(specs=[dg.AssetSpec("ducks", group_name="birds"), dg.AssetSpec("water", deps=["ducks"])])
def pond() -> None:
    print("counted")


defs = dg.Definitions(assets=[pond])
