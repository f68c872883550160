from dagster import asset as made, AssetExecutionContext as Context


@made(name="silver", group_name="metals")
def count_silver(context: Context) -> None:
    context.log.info(f"run {context.run_id}")
