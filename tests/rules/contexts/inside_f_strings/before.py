from dagster import AssetExecutionContext, AssetOut, Output, multi_asset


@multi_asset(outs={"rows": AssetOut(), "totals": AssetOut()})
def both(context: AssetExecutionContext):
    context.log.info(f"first {context.asset_key_for_output('rows').to_user_string()}")
    context.log.info(f'then {context.asset_key_for_output("totals").to_user_string()}')
    yield Output(1, output_name="rows")
    yield Output(2, output_name="totals")
