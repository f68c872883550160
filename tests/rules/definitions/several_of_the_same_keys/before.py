"""Code locations that make assets of one key: a selection means those of its own location."""

from dagster import Definitions, asset, define_asset_job


@asset(name="raw")
def raw_north() -> str:
    return "north"


@asset(name="raw")
def raw_south() -> str:
    return "south"


@asset
def north(raw: str) -> str:
    return f"{raw}!"


@asset
def south(raw: str) -> str:
    return f"{raw}?"


everything_north = define_asset_job("everything_north", selection="*")
everything_south = define_asset_job("everything_south")
defs = Definitions(assets=[north, raw_north], jobs=[everything_north])
others = Definitions(assets=[south, raw_south], jobs=[everything_south])
