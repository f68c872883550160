from dagster import (
    Config,
    Definitions,
    HookContext,
    RetryPolicy,
    RunConfig,
    failure_hook,
    graph,
    multiprocess_executor,
    op,
    success_hook,
)


class Amount(Config):
    rows: int
    name: str = "a"


@success_hook
def cheer(context: HookContext) -> None:
    context.log.info(f"{context.op.name} of {context.job_name} is done")


@failure_hook(name="weep")
def weep(context: HookContext):
    """Says what went wrong."""
    context.log.error(f"{context.step_key}: {context.op_exception} in {context.run_id}")


@op
def make(config: Amount) -> int:
    return config.rows


@op(retry_policy=RetryPolicy(max_retries=1))
def show(rows: int) -> None:
    print(rows)


@graph
def flock():
    """Makes and shows."""
    show(make())


small = flock.to_job(
    name="small",
    description="A few.",
    config={"ops": {"make": {"config": {"rows": 3}}}},
    hooks={weep},
    op_retry_policy=RetryPolicy(max_retries=3),
    executor_def=multiprocess_executor.configured({"max_concurrent": 2}),
    tags={"size": "small"},
)
large = flock.to_job(name="large", config=RunConfig(ops={"make": Amount(rows=300, name="b")}), hooks={cheer, weep})
asked = flock.to_job()
defs = Definitions(jobs=[small, large, asked])
