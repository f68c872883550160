import elsewhere
from dagster import AssetExecutionContext, asset


def helper(ctx, rows):
    ctx.log.info(rows)


@asset
def to_a_helper(context: AssetExecutionContext) -> int:
    helper(context, 1)
    return 1


@asset
def to_a_library(context: AssetExecutionContext) -> int:
    return elsewhere.go(context=context)


@asset
def kept(context: AssetExecutionContext) -> int:
    ctx = context
    return len(ctx.run_id)


@asset
def asked_only(context: AssetExecutionContext) -> int:
    log = context.log
    log.info("asked")
    return 1
