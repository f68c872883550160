"""The same key as in definitions.py, another function: never deployed."""

from dagster import asset, define_asset_job, sensor


@asset
def automated(): ...


@asset(name="computed_" + "name")
def computed(): ...


later = [define_asset_job("later_job", "*")]


@sensor(job=later[0])
def never_asked(): ...
