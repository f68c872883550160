from dagster import AssetSelection, Config, OpExecutionContext, define_asset_job, in_process_executor, job, op
from dagster_dbt import DbtCliResource

from .partitions import years

bake_year = define_asset_job(
    "bake_year", selection=AssetSelection.all(), partitions_def=years, executor_def=in_process_executor
)


class ReseedConfig(Config):
    full_refresh: bool = False


@op
def seed(context: OpExecutionContext, config: ReseedConfig, dbt: DbtCliResource) -> int:
    """Load the price list."""
    flags = ["--full-refresh"] if config.full_refresh else []
    invocation = dbt.cli(["seed", *flags]).wait()
    results = invocation.get_artifact("run_results.json")["results"]
    context.log.info("seeded")
    return len(results)


@op
def announce(context: OpExecutionContext, seeded: int) -> None:
    context.log.info(f"{seeded} price lists")


@job(executor_def=in_process_executor)
def reseed():
    """Load the price list again."""
    announce(seed())
