from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from toolbox import everything_in


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders() -> int:
    return 1


KNOWN = {"assets": [orders]}
found = everything_in(globals())


def defs(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:13: Definitions defs: what `**found` holds cannot be told by "
        "reading. Name its assets, jobs and schedules in the call, and convert "
        "again."
    )
