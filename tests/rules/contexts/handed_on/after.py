from prefect import get_run_logger, task
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.task_context import TaskContext


def helper(ctx, rows):
    ctx.log.info(rows)


@materialize(
    Asset(key="asset://to_a_helper", properties=AssetProperties(name="to_a_helper")),
    cache_policy=NO_CACHE,
)
def to_a_helper() -> int:
    context = TaskContext("asset://to_a_helper")
    helper(context, 1)
    return 1


@task
def to_a_library(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:16: `context`, handed to elsewhere.go, which is none of the "
        "project's functions, (line 16) has no counterpart. Hand over what is "
        "needed of it."
    )
    # return elsewhere.go(context=context)


@materialize(
    Asset(key="asset://kept", properties=AssetProperties(name="kept")),
    cache_policy=NO_CACHE,
)
def kept() -> int:
    context = TaskContext("asset://kept")
    ctx = context
    return len(ctx.run_id)


@materialize(
    Asset(key="asset://asked_only", properties=AssetProperties(name="asked_only")),
    cache_policy=NO_CACHE,
)
def asked_only() -> int:
    log = get_run_logger()
    log.info("asked")
    return 1
