import os

from dagster import Definitions, asset, define_asset_job, definitions, repository


@asset
def numbers() -> None:
    """Some numbers."""


@asset
def letters() -> None:
    """Some letters."""


letters_job = define_asset_job("letters_job", selection=[letters])
numbers_job = define_asset_job("numbers_job", selection="numbers")


@definitions
def defs():
    if os.getenv("LETTERS"):
        return Definitions(assets=[letters], jobs=[letters_job])
    return Definitions(assets=[numbers])


@repository(name="old_style", description="As it was done once.")
def old_style():
    return [numbers, numbers_job]
