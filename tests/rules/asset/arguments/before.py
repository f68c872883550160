from dagster import AssetExecutionContext, AssetIn, AssetKey, Backoff, RetryPolicy, asset


@asset(
    key_prefix=["raw", "metals"],
    group_name="metals",
    owners=["team:vault"],
    tags={"tier": "1", "hot": ""},
    kinds={"duckdb", "python"},
    description="What the safe holds.",
)
def gold() -> int:
    return 1


@asset(
    key=AssetKey(["marts", "wealth"]),
    ins={"amount": AssetIn(key=["raw", "metals", "gold"])},
    deps=["rates", AssetKey(["raw", "fees"])],
    retry_policy=RetryPolicy(max_retries=2, delay=0.5, backoff=Backoff.LINEAR),
)
def wealth(context: AssetExecutionContext, amount: int) -> float:
    context.log.info("counting")
    context.add_output_metadata({"ounces": amount})
    return amount * 1.5
