from dagster import Config, Definitions, RetryPolicy, RunConfig, asset, define_asset_job, failure_hook


class Settings(Config):
    rows: int = 3
    name: str


@failure_hook
def told(context) -> None:
    context.log.info("failed")


@asset
def small(config: Settings) -> int:
    return config.rows


@asset(key_prefix="marts", retry_policy=RetryPolicy(max_retries=1))
def large(small: int, config: Settings) -> int:
    return small + config.rows


by_hand = define_asset_job(
    "by_hand",
    config={
        "ops": {"small": {"config": {"rows": 5, "name": "s"}}, "marts__large": {"config": {"name": "l"}}},
        "execution": {"config": {"multiprocess": {"max_concurrent": 4}}},
    },
    hooks={told},
    op_retry_policy=RetryPolicy(max_retries=3, delay=60),
)
by_objects = define_asset_job(
    "by_objects", selection=["small"], config=RunConfig(ops={"small": Settings(name="objects")})
)
defs = Definitions(assets=[small, large], jobs=[by_hand, by_objects])
