from dagster import Config, Definitions, asset, define_asset_job


class Prices(Config):
    gold: float = 1900.0


@asset
def wealth(config: Prices) -> float:
    return config.gold


count_wealth = define_asset_job("count_wealth", selection="*")

defs = Definitions(assets=[wealth], jobs=[count_wealth])
