from dagster import (
    AssetExecutionContext,
    Config,
    ConfigurableResource,
    DagsterLogManager,
    Definitions,
    OpExecutionContext,
    asset,
    define_asset_job,
)


class Safe(ConfigurableResource):
    path: str = "/safe"


class Settings(Config):
    rows: int = 3


def logger_of(context: OpExecutionContext = None) -> DagsterLogManager | None:
    if context is None:
        return None
    return context.log


class Teller:
    def __init__(self, context: OpExecutionContext) -> None:
        self.context = context

    def tell(self) -> None:
        logger_of(self.context).info(self.context.run_id)


def look(context: AssetExecutionContext) -> int:
    return len(context.resources.safe.path)


def look_and_keep(context: AssetExecutionContext) -> int:
    kept = context
    return look(context) + kept.retry_number + context.op_config["rows"]


def plainly(context: AssetExecutionContext) -> None:
    context.log.info("plain")


def asks_the_instance(ctx) -> None:
    ctx.instance.get_runs()


@asset(required_resource_keys={"safe"})
def gold(context: AssetExecutionContext, config: Settings) -> int:
    """All of it."""
    plainly(context)
    Teller(context).tell()
    return look_and_keep(context)


@asset
def lead(context: AssetExecutionContext) -> None:
    asks_the_instance(context)


count = define_asset_job("count", selection=["gold"])
defs = Definitions(assets=[gold, lead], jobs=[count], resources={"safe": Safe()})
