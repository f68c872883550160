import dagster as dg


@dg.asset
def mine() -> None: ...


@dg.asset(deps=[mine, "elsewhere", dg.AssetKey(["a", "b"]), dg.AssetDep("c")])
def gold() -> int:
    return 1


def build(name: str, upstream: list[str]):
    @dg.asset(name=name, key_prefix="metals", deps=upstream)
    def metal(gold: int) -> int:
        return gold

    @dg.asset(name=f"{name}_report", deps=[f"{name}_raw", mine])
    def report() -> None: ...

    return [metal, report]


made = build("silver", ["x", "y"])
defs = dg.Definitions(assets=[mine, gold, *made])
