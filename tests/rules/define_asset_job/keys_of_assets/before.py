from dagster import AssetSelection, AssetSpec, Definitions, asset, define_asset_job, multi_asset


@asset(key_prefix="raw")
def one() -> int:
    return 1


@multi_asset(specs=[AssetSpec("two"), AssetSpec("three")])
def several() -> None: ...


@asset
def other() -> None: ...


chosen = [one, several]
listed = define_asset_job("listed", selection=AssetSelection.keys(*[k for made in chosen for k in made.keys]))
either = AssetSelection.keys(*[k for made in chosen for k in made.keys]) | AssetSelection.assets(other)
joined = define_asset_job("joined", selection=either)
spread = define_asset_job("spread", selection=AssetSelection.assets(*several.keys))
words = {"other": 1}
by_name = define_asset_job("by_name", selection=list(words.keys()))
defs = Definitions(assets=[one, several, other], jobs=[listed, joined, spread, by_name])
