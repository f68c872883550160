"""An IO manager for one asset and not for the other: what each is kept by differs."""

from dagster import Definitions, asset, define_asset_job, fs_io_manager, with_resources


@asset
def kept_there():
    return 1


@asset
def kept_here(kept_there):
    return kept_there + 1


defs = Definitions(
    assets=[*with_resources([kept_there], {"io_manager": fs_io_manager}), kept_here],
    jobs=[define_asset_job("both", selection="*")],
)
