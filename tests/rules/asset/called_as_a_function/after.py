import functools

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.io import load
from prefect_support.pickled_files import PickledFiles


def timed(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        print("start")
        return fn(*args, **kwargs)

    return inner


def team_asset(**more):
    raise NotImplementedError(
        "code.py:15: dagster.asset is not converted. Write by hand what Prefect "
        "has in its place."
    )


@team_asset(group_name="g")
def a() -> int:
    return 1


@materialize(
    Asset(key="asset://b", properties=AssetProperties(name="b")),
    asset_deps=["asset://a"],
    cache_policy=NO_CACHE,
)
@timed
def b() -> int:
    a = load(PickledFiles(), "asset://a")
    return a + 1


def plain() -> int:
    return 1


def c(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:39: dagster.asset is not converted. Write by hand what Prefect "
        "has in its place."
    )
