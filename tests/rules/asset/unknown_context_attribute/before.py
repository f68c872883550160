from dagster import asset


@asset
def gold(context) -> int:
    """Asks the instance."""
    # nothing in Prefect answers this
    return len(context.instance.get_asset_records([context.asset_key]))


@asset
def silver() -> int:
    return 2
