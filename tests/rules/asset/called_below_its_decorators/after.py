import time
from functools import wraps
from typing import Annotated, Any

from prefect import State, flow, get_run_logger, task
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from prefect_support.backfill import in_order
from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.io import load, store
from prefect_support.partitions import partition_of
from prefect_support.pickled_files import PickledFiles
from prefect_support.task_context import TaskContext
from prefect_support.validations import CheckResult, validation

seen: list[str] = []
days = partition_of(["mon", "tue"])
Days = Annotated[str, days]


def breadcrumb(context: TaskContext) -> None:
    """What an alert says of a step."""
    keys = getattr(context, "asset_keys", None)
    seen.append(f"{context.op_def.name} of {context.job_name}: {keys}")


def reported(function):
    """Tells when a step starts and ends, as monitoring tools do."""

    @wraps(function)
    def wrapper(*args, **kwargs):
        context = kwargs.get("context") or args[0]
        breadcrumb(context)
        try:
            return function(*args, **kwargs)
        except Exception as error:
            seen.append(f"{function.__name__} failed: {error}")
            raise

    return wrapper


def alerting(channel: str, quiet: bool = False):
    def decorate(function):
        @wraps(function)
        def wrapper(context, *args, **kwargs):
            started = time.monotonic()
            result = function(context, *args, **kwargs)
            if not quiet:
                context.log.info(f"{channel} {time.monotonic() - started >= 0}")
                seen.append(f"{channel}: {function.__name__} {sorted(kwargs)}")
            return result

        return wrapper

    return decorate


def awaited(function):
    def create(name: str):
        @wraps(function)
        async def wrapper(*args, **kwargs):
            seen.append(f"{name} awaited with {len(args)} and {len(kwargs)}")
            if not kwargs:
                return function(*args)
            answer = function(*args, **kwargs) if name else function(**kwargs)
            return answer

        return wrapper

    return create(function.__name__)


def per_partition(function):
    @wraps(function)
    def wrapper(context: TaskContext, **kwargs):
        seen.append(f"{function.__name__} {context.partition_key}")
        return function(context, **kwargs)

    return wrapper


def asks_for_more(function):
    @wraps(function)
    def wrapper(context, **kwargs):
        seen.append(str(context.selected_output_names))
        return function(context, **kwargs)

    return wrapper


def looks_closer(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        seen.append(str(getattr(args[0], "selected_output_names", None)))
        return function(*args, **kwargs)

    return wrapper


def counting(function):
    @wraps(function)
    def wrapper(context, **kwargs):
        found = function(context, **kwargs)
        seen.append(f"{found} rows")
        return found

    return wrapper


def tenfold(function):
    @wraps(function)
    def wrapper(context: TaskContext, kept: int) -> int:
        context.log.info(f"ten times what {function.__name__} makes of {kept}")
        return function(context, kept=kept) * 10

    return wrapper


def made_up(what: str):
    def decorate(function):
        @wraps(function)
        def wrapper(context: TaskContext) -> str:
            context.log.info(what)
            return f"{what} of {function.__name__}"

        return wrapper

    return decorate


class Shop(BaseModel):
    name: str


class Settings(BaseModel, extra="forbid"):
    factor: int = 2


@materialize(
    Asset(
        key="asset://orders",
        properties=AssetProperties(name="orders", description="What was sold."),
    ),
    cache_policy=NO_CACHE,
)
def orders(shop: Shop) -> int:
    """What was sold."""
    context = TaskContext("asset://orders", resources={"shop": shop})

    @reported
    def orders(context, shop: Shop):
        get_run_logger().info(shop.name)
        return 3

    return orders(context, shop=shop)


@materialize(
    Asset(key="asset://totals", properties=AssetProperties(name="totals")),
    asset_deps=["asset://orders"],
    tags=["group:sums"],
    cache_policy=NO_CACHE,
)
def totals(config: Settings, orders: int) -> int:
    context = TaskContext("asset://totals", config=config)

    @alerting("#data")
    def totals(context, config: Settings, orders: int):
        # each order counts
        get_run_logger().info(f"of {orders}")
        return orders * config.factor

    return totals(context, config=config, orders=orders)


@materialize(
    Asset(key="asset://later", properties=AssetProperties(name="later")),
    asset_deps=["asset://totals"],
    cache_policy=NO_CACHE,
)
async def later(totals: int) -> int:
    context = TaskContext("asset://later")

    @awaited
    def later(context, totals: int):
        return totals + 1

    return await later(context, totals=totals)


@materialize(
    Asset(key="asset://daily", properties=AssetProperties(name="daily")),
    cache_policy=NO_CACHE,
)
def daily(partition_key: str) -> None:
    context = TaskContext("asset://daily", partition_key=partition_key)

    @per_partition
    @alerting("#days")
    def daily(context):
        add_asset_metadata("asset://daily", {"day": partition_key})

    return daily(context)


@materialize(
    Asset(key="asset://kept", properties=AssetProperties(name="kept")),
    asset_deps=["asset://totals"],
    cache_policy=NO_CACHE,
)
def kept(files: PickledFiles, totals: int) -> int:
    context = TaskContext("asset://kept", resources={"files": files})

    @alerting("#kept")
    def kept(context, totals: int):
        return store(files, "asset://kept", totals * 10)

    return kept(context, totals=totals)


@materialize(
    Asset(
        key="asset://most",
        properties=AssetProperties(name="most", description="Ten times as much."),
    ),
    asset_deps=["asset://kept"],
    cache_policy=NO_CACHE,
)
def most(files: PickledFiles) -> int:
    """Ten times as much."""
    context = TaskContext("asset://most", resources={"files": files})
    kept = load(files, "asset://kept")

    @tenfold
    def most(context, kept):
        add_asset_metadata("asset://most", {"from": kept})
        if kept > 100:
            return 0
        return kept + 1

    return store(files, "asset://most", most(context, kept=kept))


@materialize(
    Asset(
        key="asset://only_declared",
        properties=AssetProperties(
            name="only_declared", description="What the decorator makes."
        ),
    ),
    cache_policy=NO_CACHE,
)
def only_declared(files: PickledFiles) -> str | None:
    """What the decorator makes."""
    context = TaskContext("asset://only_declared", resources={"files": files})

    @made_up("a sentence")
    def only_declared(context):
        return None

    return store(files, "asset://only_declared", only_declared(context))


@task
def said_so(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:183: `tenfold`, which wraps it, makes the value that is "
        "stored. Do in the task's body what the decorator does, and convert "
        "again."
    )
    # return dg.Output(kept, metadata={"rows": 1})


@validation("asset://totals")
def is_even(totals: int) -> CheckResult:
    context = TaskContext()

    @alerting("#checks")
    def is_even(context, totals: int):
        return CheckResult(passed=totals % 2 == 0)

    return is_even(context, totals=totals)


@materialize(
    Asset(key="asset://broken", properties=AssetProperties(name="broken")),
    cache_policy=NO_CACHE,
)
def broken() -> None:
    context = TaskContext("asset://broken")

    @reported
    def broken(context):
        raise ValueError("no data")

    return broken(context)


@task
def asking(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:201: context.selected_output_names, which `asks_for_more` asks "
        "for, has no counterpart. Hand over what is needed of it."
    )
    # return 1


@task
def asking_perhaps(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:207: context.selected_output_names, which `looks_closer` asks "
        "for, has no counterpart. Hand over what is needed of it."
    )
    # return 1


@task
def counted(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:213: `counting`, which wraps it, asks for its arguments as "
        "Dagster gives them. Do in the task's body what the decorator does, and "
        "convert again."
    )
    # return dg.MaterializeResult(metadata={"rows": 1})


@materialize(
    Asset(key="asset://rows", properties=AssetProperties(name="rows")),
    cache_policy=NO_CACHE,
)
def rows() -> int:
    context = TaskContext("asset://rows")

    @counting
    def rows(context):
        return 5

    return rows(context)


@task
def without_partitions(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:225: the partition, which `per_partition` asks for, is none of "
        "its parameters. Do in the task's body what the decorator does, and "
        "convert again."
    )
    # return 1


@task(cache_policy=NO_CACHE)
def first() -> int:
    context = TaskContext()

    @alerting("#ops")
    def first(context):
        return 1

    return first(context)


@task(cache_policy=NO_CACHE)
def second(value: int) -> int:
    context = TaskContext()

    @alerting("#ops")
    def second(context, value: int):
        get_run_logger().info(str(value))
        return value + 1

    return second(context, value=value)


@flow(name="steps", task_runner=ThreadPoolTaskRunner())
def steps() -> State[Any]:
    first_future = first.submit()
    second_future = second.submit(first_future)
    return settle(first=first_future, second=second_future)


@flow(name="flat", task_runner=ThreadPoolTaskRunner())
def flat(
    totals_config: Layered[Settings] = layered(Settings),  # noqa: B008
) -> State[Any]:
    shop_resource = shop()
    files_resource = files()

    orders_future = orders.submit(shop_resource)
    totals_future = totals.submit(totals_config, orders_future)
    is_even_future = is_even.submit(totals_future)
    later_future = later.submit(totals_future)
    kept_future = kept.submit(files_resource, totals_future)
    most_future = most.submit(files_resource, wait_for=[kept_future])
    only_declared_future = only_declared.submit(files_resource)
    rows_future = rows.submit()
    return settle(
        orders=orders_future,
        totals=totals_future,
        is_even=is_even_future,
        later=later_future,
        kept=kept_future,
        most=most_future,
        only_declared=only_declared_future,
        rows=rows_future,
    )


@flow(name="parted", task_runner=ThreadPoolTaskRunner())
def parted(partition_key: Days) -> State[Any]:
    daily_future = daily.submit(partition_key)
    return settle(daily=daily_future)


@flow(name="parted_backfill")
def parted_backfill(
    first: Days,
    last: Days,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(parted, days.between(first, last), state=state, inputs=inputs)


@flow(name="failing", task_runner=ThreadPoolTaskRunner())
def failing() -> State[Any]:
    broken_future = broken.submit()
    return settle(broken=broken_future)


def shop() -> Shop:
    return Shop(name="corner")


def files() -> PickledFiles:
    return PickledFiles(base_dir="files")
