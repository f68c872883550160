from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def read_by_code(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py: dagster.AssetSpec is not converted. Write by hand what "
        "Prefect has in its place."
    )


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    asset_deps=["asset://raw", "asset://left", "asset://right"],
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return len(read_by_code)


@materialize(
    Asset(key="asset://made/one", properties=AssetProperties(name="one")),
    Asset(key="asset://made/two", properties=AssetProperties(name="two")),
    asset_deps=["asset://raw"],
    cache_policy=NO_CACHE,
)
def both() -> None:
    pass
