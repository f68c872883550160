from dagster import Definitions, SourceAsset, asset, define_asset_job, mem_io_manager

elsewhere = SourceAsset("elsewhere")


@asset(io_manager_key="memory")
def forgotten() -> int:
    return 1


@asset
def reading(forgotten: int, elsewhere: int) -> int:
    return forgotten + elsewhere


defs = Definitions(
    assets=[elsewhere, forgotten, reading],
    jobs=[define_asset_job("made", "forgotten"), define_asset_job("read", "reading")],
    resources={"memory": mem_io_manager},
)
