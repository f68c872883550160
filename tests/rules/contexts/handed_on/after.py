from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


def helper(ctx, rows):
    ctx.log.info(rows)


def to_a_helper(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:10: `context`, handed on or kept, (line 10) has no "
        "counterpart. Annotate the parameter that takes it with Dagster's "
        "context class and convert again, or hand over what is needed of it."
    )
    # helper(context, 1)
    # return 1


def to_a_library(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:16: `context`, handed on or kept, (line 16) has no "
        "counterpart. Annotate the parameter that takes it with Dagster's "
        "context class and convert again, or hand over what is needed of it."
    )
    # return elsewhere.go(context=context)


def kept(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:21: `context`, handed on or kept, (line 21) has no "
        "counterpart. Annotate the parameter that takes it with Dagster's "
        "context class and convert again, or hand over what is needed of it."
    )
    # ctx = context
    # return len(ctx.run_id)


@materialize(
    Asset(key="asset://asked_only", properties=AssetProperties(name="asked_only")),
    cache_policy=NO_CACHE,
)
def asked_only() -> int:
    log = get_run_logger()
    log.info("asked")
    return 1
