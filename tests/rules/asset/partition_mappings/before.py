from dagster import (
    AllPartitionMapping,
    AssetExecutionContext,
    AssetIn,
    DailyPartitionsDefinition,
    Definitions,
    FilesystemIOManager,
    IdentityPartitionMapping,
    LastPartitionMapping,
    MultiPartitionsDefinition,
    MultiToSingleDimensionPartitionMapping,
    SpecificPartitionsPartitionMapping,
    StaticPartitionMapping,
    StaticPartitionsDefinition,
    TimeWindowPartitionMapping,
    WeeklyPartitionsDefinition,
    asset,
    define_asset_job,
)

days = DailyPartitionsDefinition("2024-01-01")
weeks = WeeklyPartitionsDefinition("2024-01-07")
lands = StaticPartitionsDefinition(["de", "fr"])
regions = StaticPartitionsDefinition(["west", "all"])
both = MultiPartitionsDefinition({"day": days, "land": lands})


@asset(partitions_def=days)
def daily() -> int:
    return 1


@asset(partitions_def=lands)
def land() -> int:
    return 1


@asset(partitions_def=days, ins={"daily": AssetIn(partition_mapping=IdentityPartitionMapping())})
def same(daily: int) -> int:
    return daily


@asset(
    partitions_def=days,
    ins={"daily": AssetIn(partition_mapping=TimeWindowPartitionMapping(start_offset=-1, end_offset=-1))},
)
def day_before(context: AssetExecutionContext, daily: int) -> int:
    context.log.info(context.asset_partition_key_for_input("daily"))
    return daily


@asset(
    partitions_def=days,
    ins={"daily": AssetIn(partition_mapping=TimeWindowPartitionMapping(start_offset=-2, end_offset=0))},
)
def three_days(context: AssetExecutionContext, daily: dict[str, int]) -> int:
    context.log.info(context.asset_partition_keys_for_input("daily"))
    return sum(daily.values())


@asset(partitions_def=weeks)
def weekly(daily: dict[str, int]) -> int:
    return sum(daily.values())


@asset
def whole(daily: dict[str, int]) -> int:
    return sum(daily.values())


@asset(ins={"daily": AssetIn(partition_mapping=AllPartitionMapping())})
def whole_again(daily: dict[str, int]) -> int:
    return sum(daily.values())


@asset(ins={"daily": AssetIn(partition_mapping=LastPartitionMapping())})
def newest(daily: int) -> int:
    return daily


@asset(ins={"land": AssetIn(partition_mapping=SpecificPartitionsPartitionMapping(["de"]))})
def only_de(land: int) -> int:
    return land


@asset(
    partitions_def=regions,
    ins={"land": AssetIn(partition_mapping=StaticPartitionMapping({"de": "all", "fr": ["west", "all"]}))},
)
def region(land: dict[str, int]) -> int:
    return sum(land.values())


@asset(partitions_def=both)
def cross(daily: int, land: int) -> int:
    return daily + land


@asset(
    partitions_def=days,
    ins={"cross": AssetIn(partition_mapping=MultiToSingleDimensionPartitionMapping("day"))},
)
def of_all_lands(cross: dict[str, int]) -> int:
    return sum(cross.values())


make_daily = define_asset_job("make_daily", selection=[daily])
make_weekly = define_asset_job("make_weekly", selection=[weekly])
make_whole = define_asset_job("make_whole", selection=[whole])
defs = Definitions(
    assets=[
        *[daily, land, same, day_before, three_days, weekly, whole, whole_again, newest, only_de, region],
        *[cross, of_all_lands],
    ],
    jobs=[make_daily, make_weekly, make_whole],
    resources={"io_manager": FilesystemIOManager(base_dir="data")},
)
