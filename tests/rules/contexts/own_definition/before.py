import dagster as dg
from dagster import _check as check

LIMITS = {"rows": 5}
days = dg.DailyPartitionsDefinition("2024-01-01")
months = dg.MonthlyPartitionsDefinition("2024-01-01")
both = dg.MultiPartitionsDefinition({"day": days, "region": dg.StaticPartitionsDefinition(["n", "s"])})


@dg.asset(metadata={"rows": 5, "unit": "kg"}, group_name="scales", partitions_def=days)
def weights(context: dg.AssetExecutionContext) -> list[str]:
    # what the decorator says
    own = context.assets_def
    rows = own.metadata_by_key[own.key]["rows"]
    facts = [context.assets_def.metadata_by_key[context.asset_key].get("unit")]
    facts += [own.group_names_by_key[context.asset_key], own.op.name, str(rows)]
    facts += [own.partitions_def.get_first_partition_key(), own.partitions_def.get_last_partition_key()]
    return facts + [key.to_user_string() for key in own.keys]


@dg.asset(metadata=LIMITS)
def plain(context: dg.AssetExecutionContext) -> int:
    if context.assets_def.partitions_def is None:
        return context.assets_def.get_asset_spec().metadata["rows"]
    if not isinstance(context.assets_def.partitions_def, dg.MultiPartitionsDefinition):
        return 1
    return len(context.assets_def.partitions_def.get_partition_keys())


@dg.asset(partitions_def=both)
def of_both(context: dg.AssetExecutionContext) -> str:
    own = check.inst(context.assets_def.partitions_def, dg.MultiPartitionsDefinition)
    ticking = own.get_partitions_def_for_dimension("day")
    if isinstance(ticking, dg.MonthlyPartitionsDefinition):
        kind = "months"
    elif isinstance(ticking, dg.TimeWindowPartitionsDefinition):
        kind = "windows"
    else:
        kind = "others"
    if isinstance(ticking, (dg.DailyPartitionsDefinition, dg.HourlyPartitionsDefinition)) and kind:
        kind += ", short"
    if kind and not isinstance(ticking, dg.StaticPartitionsDefinition):
        # a comment of the branch
        kind += ", ticking"
    regions = own.get_partitions_def_for_dimension("region").get_partition_keys()
    return f"{kind} {ticking.get_first_partition_key()} {regions}"


@dg.asset(partitions_def=months)
def never(context: dg.AssetExecutionContext) -> str:
    for part in context.partition_key.split("-"):
        if isinstance(context.assets_def.partitions_def, dg.MultiPartitionsDefinition):
            context.assets_def.partitions_def.get_partitions_def_for_dimension(part)
    if context.assets_def.partitions_def and isinstance(months, dg.PartitionsDefinition):
        return "some"
    elif isinstance(months, dg.HourlyPartitionsDefinition):
        return "hours"
    return "none"


@dg.multi_asset(specs=[dg.AssetSpec("left"), dg.AssetSpec("right")], partitions_def=days)
def pair(context: dg.AssetExecutionContext):
    print(context.assets_def.keys, context.assets_def.partitions_def.get_partition_keys())
    yield dg.MaterializeResult(asset_key="left")
    yield dg.MaterializeResult(asset_key="right")
