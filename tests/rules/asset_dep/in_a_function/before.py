import dagster as dg


def key(name: str) -> dg.AssetKey:
    parts = ["shop"]
    return dg.AssetKey([*parts, name])


def build(name: str) -> dg.AssetsDefinition:
    @dg.asset(name=f"{name}_total", deps=[dg.AssetDep(key(name)), dg.AssetDep("rates")])
    def total() -> None: ...

    return total


orders, sales = build("orders"), build("sales")
last = dg.AssetDep(orders)  # read where it is used


@dg.asset(deps=[last])
def report() -> None: ...


defs = dg.Definitions(assets=[orders, sales, report])
