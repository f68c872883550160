from dagster import (
    AssetIn,
    DailyPartitionsDefinition,
    Definitions,
    InputContext,
    IOManager,
    OutputContext,
    PartitionMapping,
    TimeWindowPartitionMapping,
    WeeklyPartitionsDefinition,
    asset,
)

days = DailyPartitionsDefinition("2024-01-01")
weeks = WeeklyPartitionsDefinition("2024-01-07")


class Own(PartitionMapping):
    pass


class Store(IOManager):
    def handle_output(self, context: OutputContext, obj: int) -> None: ...

    def load_input(self, context: InputContext) -> int:
        return len(context.asset_key.path)


@asset(partitions_def=days)
def daily() -> int:
    return 1


@asset(partitions_def=days, ins={"daily": AssetIn(partition_mapping=Own())})
def by_its_own(daily: int) -> int:
    return daily


@asset(partitions_def=weeks, ins={"daily": AssetIn(partition_mapping=TimeWindowPartitionMapping(-1, 0))})
def shifted_weeks(daily: int) -> int:
    return daily


@asset
def several_at_once(daily: int) -> int:
    return daily


defs = Definitions(
    assets=[daily, by_its_own, shifted_weeks, several_at_once], resources={"io_manager": Store()}
)
