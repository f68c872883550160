from typing import Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.flows import settle


@materialize(
    Asset(
        key="asset://numbers",
        properties=AssetProperties(name="numbers", description="Some numbers."),
    ),
    cache_policy=NO_CACHE,
)
def numbers() -> None:
    """Some numbers."""


@materialize(
    Asset(
        key="asset://letters",
        properties=AssetProperties(name="letters", description="Some letters."),
    ),
    cache_policy=NO_CACHE,
)
def letters() -> None:
    """Some letters."""


def letters_job(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:16: define_asset_job letters_job: its selection cannot be "
        "resolved by reading: nothing that was read makes letters. Write the "
        "flow by hand."
    )


@flow(name="numbers_job", task_runner=ThreadPoolTaskRunner())
def numbers_job() -> State[Any]:
    numbers_future = numbers.submit()
    return settle(numbers=numbers_future)
