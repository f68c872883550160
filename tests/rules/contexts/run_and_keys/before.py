import dagster as dg


@dg.asset(key_prefix=["raw", "people"])
def users(context: dg.AssetExecutionContext, rows: int) -> int:
    context.log.info(f"{context.run.run_id} {context.job_name} {context.op_def.name} {context.op.name}")
    context.op_execution_context.log.info(context.op_execution_context.run_id)
    name = context.asset_key.path[-1] + context.asset_key.to_user_string()
    assert context.asset_key_for_output() == context.asset_key
    print(context.asset_key_for_input("rows"), name)
    if context.has_tag("team") or context.run.tags.get("size"):
        print(context.get_tag("team"), context.run_tags)
    context.add_asset_metadata({"n": 1}, asset_key=dg.AssetKey(["raw", "people", "users"]))
    return 2 * context.retry_number


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec(["b", "c"])], can_subset=True)
def several(context: dg.AssetExecutionContext):
    for key in context.selected_asset_keys:
        yield dg.MaterializeResult(asset_key=key, metadata={"rows": len(key.path)})
    if dg.AssetKey("a") in context.selected_asset_keys and "a" in context.selected_output_names:
        context.log.info(str(context.is_subset))


@dg.asset
def configured(context: dg.AssetExecutionContext) -> str:
    return context.run_config.get("name", "")


@dg.asset
def asks_the_instance(context: dg.AssetExecutionContext) -> int:
    return len(context.instance.all_asset_keys())
