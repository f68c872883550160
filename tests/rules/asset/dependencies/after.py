from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://mine", properties=AssetProperties(name="mine")),
    cache_policy=NO_CACHE,
)
def mine() -> None:
    ...


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    asset_deps=["asset://mine", "asset://elsewhere", "asset://a/b", "asset://c"],
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


def build(name: str, upstream: list[str]):
    @materialize(
        Asset(key=f"asset://metals/{name}", properties=AssetProperties(name=name)),
        name=name,
        asset_deps=[*[f"asset://{key}" for key in upstream], "asset://gold"],
        cache_policy=NO_CACHE,
    )
    def metal(gold: int) -> int:
        return gold

    @materialize(
        Asset(
            key=f"asset://{name}_report", properties=AssetProperties(name=f"{name}_report")
        ),
        name=f"{name}_report",
        asset_deps=[f"asset://{name}_raw", "asset://mine"],
        cache_policy=NO_CACHE,
    )
    def report() -> None:
        ...

    return [metal, report]


made = build("silver", ["x", "y"])
