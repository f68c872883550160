from dagster import AssetExecutionContext, AssetOut, Output, multi_asset


@multi_asset(
    outs={
        "gold": AssetOut(key_prefix="metals", description="Yellow."),
        "silver": AssetOut(),
    },
    group_name="metals",
)
def count(context: AssetExecutionContext):
    # gold first
    yield Output(1, output_name="gold", metadata={"ounces": 1})
    context.log.info("now the silver")
    yield Output(2, output_name="silver")
