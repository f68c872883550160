from elsewhere import assets_for
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://here", properties=AssetProperties(name="here")),
    cache_policy=NO_CACHE,
)
def here() -> int:
    return 1


@materialize(
    Asset(key="asset://there", properties=AssetProperties(name="there")),
    cache_policy=NO_CACHE,
)
def there() -> int:
    return 2


gathered = [there, *assets_for("pond")]


def chained(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:20: Definitions chained: what it takes from "
        "`elsewhere.finished`, `elsewhere.more`, `elsewhere.Maker` is of "
        "another library, whose source is not here. Convert that library as "
        "well, and deploy from it what stood here."
    )


def defs(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:25: merge defs: what it takes from `elsewhere.defs_for` is of "
        "another library, whose source is not here. Convert that library as "
        "well, and deploy from it what stood here."
    )
