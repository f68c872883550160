from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


def counted(rows: list[int]) -> dict[str, Any]:
    """Say how many rows there are."""
    return {"rows": len(rows)}


def doubled(rows: list[int]) -> list[int]:
    if not rows:
        return []
    return [2 * row for row in rows]


@materialize(
    Asset(key="asset://kept", properties=AssetProperties(name="kept")),
    cache_policy=NO_CACHE,
)
def kept() -> None:
    # one row
    add_asset_metadata("asset://kept", {"rows": 1})


@materialize(
    Asset(key="asset://branches", properties=AssetProperties(name="branches")),
    asset_deps=["asset://kept"],
    cache_policy=NO_CACHE,
)
def branches(kept) -> None:
    if kept:
        add_asset_metadata("asset://branches", {"rows": 2})
    elif kept is None:
        raise ValueError("nothing")
    else:
        add_asset_metadata("asset://branches", counted([1]))
    print("done")


@materialize(
    Asset(key="asset://valued", properties=AssetProperties(name="valued")),
    cache_policy=NO_CACHE,
)
def valued() -> int:
    add_asset_metadata("asset://valued", {"rows": 3})
    output = 3
    return output


@materialize(
    Asset(key="asset://early", properties=AssetProperties(name="early")),
    asset_deps=["asset://valued"],
    cache_policy=NO_CACHE,
)
def early(valued: int):
    if valued > 3:
        add_asset_metadata("asset://early", {"rows": 4})
        return None
    add_asset_metadata("asset://early", counted([valued]))


@materialize(
    Asset(key="asset://twice", properties=AssetProperties(name="twice")),
    asset_deps=["asset://valued"],
    cache_policy=NO_CACHE,
)
def twice(valued: int) -> list[int]:
    return doubled([valued])


@materialize(
    Asset(key="asset://left", properties=AssetProperties(name="left")),
    Asset(key="asset://right", properties=AssetProperties(name="right")),
    cache_policy=NO_CACHE,
)
def both() -> dict[str, Any]:
    outputs: dict[str, Any] = {}
    for side in (1,):
        add_asset_metadata("asset://left", {"side": side})
        first = side
        outputs["left"] = first
    second = 2
    outputs["right"] = second
    return outputs


@flow(name="everything", task_runner=ThreadPoolTaskRunner())
def everything() -> State[Any]:
    kept_future = kept.submit()
    branches_future = branches.submit(kept_future)
    valued_future = valued.submit()
    early_future = early.submit(valued_future)
    twice_future = twice.submit(valued_future)
    both_future = both.submit()
    return settle(
        kept=kept_future,
        branches=branches_future,
        valued=valued_future,
        early=early_future,
        twice=twice_future,
        both=both_future,
    )
