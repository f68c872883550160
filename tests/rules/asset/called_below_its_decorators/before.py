import time
from functools import wraps

import dagster as dg

seen: list[str] = []
days = dg.StaticPartitionsDefinition(["mon", "tue"])


def breadcrumb(context: dg.AssetExecutionContext) -> None:
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
    def wrapper(context: dg.AssetExecutionContext, **kwargs):
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
    def wrapper(context: dg.AssetExecutionContext, kept: int) -> int:
        context.log.info(f"ten times what {function.__name__} makes of {kept}")
        return function(context, kept=kept) * 10

    return wrapper


def made_up(what: str):
    def decorate(function):
        @wraps(function)
        def wrapper(context: dg.AssetExecutionContext) -> str:
            context.log.info(what)
            return f"{what} of {function.__name__}"

        return wrapper

    return decorate


class Shop(dg.ConfigurableResource):
    name: str


class Settings(dg.Config):
    factor: int = 2


@dg.asset
@reported
def orders(context: dg.AssetExecutionContext, shop: Shop) -> int:
    """What was sold."""
    context.log.info(shop.name)
    return 3


@dg.asset(group_name="sums")
@alerting("#data")
def totals(context: dg.AssetExecutionContext, config: Settings, orders: int) -> int:
    # each order counts
    context.log.info(f"of {orders}")
    return orders * config.factor


@dg.asset
@awaited
def later(context: dg.AssetExecutionContext, totals: int) -> int:
    return totals + 1


@dg.asset(partitions_def=days)
@per_partition
@alerting("#days")
def daily(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"day": context.partition_key})


@dg.asset(io_manager_key="files")
@alerting("#kept")
def kept(context: dg.AssetExecutionContext, totals: int) -> int:
    return totals * 10


@dg.asset(io_manager_key="files")
@tenfold
def most(context: dg.AssetExecutionContext, kept: int) -> int:
    """Ten times as much."""
    context.add_output_metadata({"from": kept})
    if kept > 100:
        return 0
    return kept + 1


@dg.asset(io_manager_key="files")
@made_up("a sentence")
def only_declared(context: dg.AssetExecutionContext) -> str | None:
    """What the decorator makes."""
    return None


@dg.asset(io_manager_key="files")
@tenfold
def said_so(context: dg.AssetExecutionContext, kept: int) -> dg.Output[int]:
    return dg.Output(kept, metadata={"rows": 1})


@dg.asset_check(asset=totals)
@alerting("#checks")
def is_even(context: dg.AssetCheckExecutionContext, totals: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=totals % 2 == 0)


@dg.asset
@reported
def broken(context: dg.AssetExecutionContext) -> None:
    raise ValueError("no data")


@dg.asset
@asks_for_more
def asking(context: dg.AssetExecutionContext) -> int:
    return 1


@dg.asset
@looks_closer
def asking_perhaps(context: dg.AssetExecutionContext) -> int:
    return 1


@dg.asset
@counting
def counted(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 1})


@dg.asset
@counting
def rows(context: dg.AssetExecutionContext) -> int:
    return 5


@dg.asset
@per_partition
def without_partitions(context: dg.AssetExecutionContext) -> int:
    return 1


@dg.op
@alerting("#ops")
def first(context) -> int:
    return 1


@dg.op(ins={"value": dg.In(int)})
@alerting("#ops")
def second(context, value: int) -> int:
    context.log.info(str(value))
    return value + 1


@dg.job
def steps():
    second(first())


flat = dg.define_asset_job("flat", selection=[orders, totals, later, kept, most, only_declared, rows])
parted = dg.define_asset_job("parted", selection=[daily])
failing = dg.define_asset_job("failing", selection=[broken])

defs = dg.Definitions(
    assets=[orders, totals, later, daily, kept, most, only_declared, said_so, broken, asking, asking_perhaps, counted, rows, without_partitions],
    asset_checks=[is_even],
    jobs=[flat, parted, failing, steps],
    resources={"shop": Shop(name="corner"), "files": dg.FilesystemIOManager(base_dir="files")},
)
