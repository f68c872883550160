from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://raw",
        properties=AssetProperties(name="raw", description="As it comes."),
    ),
    cache_policy=NO_CACHE,
)
def raw() -> None:
    """As it comes."""


@materialize(
    Asset(
        key="asset://clean",
        properties=AssetProperties(name="clean", description="As it should be."),
    ),
    asset_deps=["asset://raw"],
    cache_policy=NO_CACHE,
)
def clean() -> None:
    """As it should be."""


@materialize(
    Asset(
        key="asset://report",
        properties=AssetProperties(name="report", description="For everybody."),
    ),
    asset_deps=["asset://clean"],
    cache_policy=NO_CACHE,
)
def report() -> None:
    """For everybody."""


@materialize(
    Asset(
        key="asset://odd", properties=AssetProperties(name="odd", description="Once.")
    ),
    cache_policy=NO_CACHE,
)
def odd() -> None:
    """Once."""


@materialize(
    Asset(
        key="asset://alone",
        properties=AssetProperties(name="alone", description="Nobody asks for it."),
    ),
    cache_policy=NO_CACHE,
)
def alone() -> None:
    """Nobody asks for it."""


@materialize(
    Asset(key="asset://daily_one", properties=AssetProperties(name="daily_one")),
    cache_policy=NO_CACHE,
)
def daily_one(partition_key: str) -> None:
    print(partition_key)
