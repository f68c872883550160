from typing import Annotated, Any

from prefect import State, flow, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from prefect_support.backfill import in_order
from prefect_support.dynamic_partitions import DynamicPartitions
from prefect_support.flows import settle

customers = DynamicPartitions("customers")
Customers = Annotated[str, customers]


def computed(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:4: DynamicPartitionsDefinition computed: its keys come from a "
        "function. Name the set, and add keys when they come."
    )


@materialize(
    Asset(
        key="asset://invoices",
        properties=AssetProperties(
            name="invoices", description="The invoices of a customer."
        ),
    ),
    cache_policy=NO_CACHE,
)
def invoices(partition_key: str) -> None:
    """The invoices of a customer."""
    print(partition_key)


@task(cache_policy=NO_CACHE)
def welcome() -> None:
    known = customers.keys
    if "acme" not in known:
        DynamicPartitions("customers").add(["acme"])
    if DynamicPartitions("customers").has("old"):
        DynamicPartitions("customers").delete("old")


@flow(name="welcoming", task_runner=ThreadPoolTaskRunner())
def welcoming() -> State[Any]:
    welcome_future = welcome.submit()
    return settle(welcome=welcome_future)


@flow(name="invoices_job", task_runner=ThreadPoolTaskRunner())
def invoices_job(partition_key: Customers) -> State[Any]:
    invoices_future = invoices.submit(partition_key)
    return settle(invoices=invoices_future)


@flow(name="invoices_job_backfill")
def invoices_job_backfill(
    first: Customers,
    last: Customers,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        invoices_job, customers.between(first, last), state=state, inputs=inputs
    )
