from dagster import AssetIn, DagsterType, Definitions, FilesystemIOManager, asset, define_asset_job, dagster_type_loader

Even = DagsterType(lambda _, value: value % 2 == 0, name="Even")


@dagster_type_loader({"n": int})
def of_config(_, config):
    return config["n"]


Loaded = DagsterType(lambda _, value: value > 0, name="Loaded", loader=of_config)


@asset(dagster_type=Even)
def two() -> int:
    return 2


@asset(dagster_type=int)
def three() -> int:
    return 3


@asset(dagster_type=Even, io_manager_key="files")
def stored() -> int:
    return 4


@asset(ins={"two": AssetIn(dagster_type=Even)})
def four(two: int) -> int:
    return two + 2


defs = Definitions(
    [two, three, stored, four],
    jobs=[define_asset_job("daily", selection=["two", "three"])],
    resources={"files": FilesystemIOManager()},
)
