"""Assets that a factory names `1` and `2`: a name in Dagster may begin with a digit, one in Python may not."""

from dagster import AssetsDefinition, AssetSelection, Definitions, asset, define_asset_job


@asset
def first() -> int:
    return 10


def part(number: str) -> AssetsDefinition:
    @asset(name=number)
    def one(first: int) -> int:
        return first + int(number)

    return one


parts = [part(str(number)) for number in range(1, 3)]

everything = define_asset_job("everything", AssetSelection.all())
defs = Definitions(assets=[first, *parts], jobs=[everything])
