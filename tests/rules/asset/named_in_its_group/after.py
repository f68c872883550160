from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://plain", properties=AssetProperties(name="plain")),
    cache_policy=NO_CACHE,
)
def plain() -> int:
    return 0


@materialize(
    Asset(key="asset://shop/daily/orders", properties=AssetProperties(name="orders")),
    asset_deps=["asset://plain"],
    tags=["group:shop"],
    cache_policy=NO_CACHE,
)
def orders(plain: int) -> list:
    return [plain]


@materialize(
    Asset(key="asset://shop/daily/totals", properties=AssetProperties(name="totals")),
    asset_deps=["asset://shop/daily/orders"],
    tags=["group:shop"],
    cache_policy=NO_CACHE,
)
def totals(orders: list) -> int:
    return len(orders)


@materialize(
    Asset(key="asset://mail/letters", properties=AssetProperties(name="letters")),
    asset_deps=["asset://shop/daily/orders"],
    tags=["group:shop"],
    cache_policy=NO_CACHE,
)
def letters() -> None:
    ...


@materialize(
    Asset(key="asset://not_that_one", properties=AssetProperties(name="not_that_one")),
    asset_deps=["asset://orders"],
    tags=["group:elsewhere"],
    cache_policy=NO_CACHE,
)
def not_that_one() -> None:
    ...
