from typing import Annotated, Any

from prefect import State, flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.flows import settle
from prefect_support.time_windows import daily

days = daily("2024-01-01")
Days = Annotated[str, days]


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold(partition_key: str) -> None:
    print(partition_key)


@flow(name="refresh", task_runner=ThreadPoolTaskRunner())
def refresh(partition_key: Days) -> State[Any]:
    gold_future = gold.submit(partition_key)
    return settle(gold=gold_future)


@flow(name="refresh_backfill")
def refresh_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(refresh, days.between(first, last), state=state, inputs=inputs)


def somewhere(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:20: build_schedule_from_partitioned_job somewhere: when its "
        "partitions end cannot be told by reading. Write a deployment by hand."
    )
