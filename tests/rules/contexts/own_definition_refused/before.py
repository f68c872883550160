import dagster as dg

made = []
FACTS = {"rows": 1}


def facts():
    return {"rows": 1}


@dg.asset(metadata=facts())
def called(context: dg.AssetExecutionContext) -> int:
    return context.assets_def.metadata_by_key[context.asset_key]["rows"]


@dg.asset(metadata=FACTS)
def rebound(context: dg.AssetExecutionContext) -> int:
    return context.assets_def.metadata_by_key[context.asset_key]["rows"]


FACTS = {"rows": 2}

for name in ("a", "b"):

    @dg.asset(name=name, metadata={"name": name})
    def looped(context: dg.AssetExecutionContext) -> str:
        return context.assets_def.metadata_by_key[context.asset_key]["name"]

    made.append(looped)


@dg.asset(metadata={"rows": 1})
def shadowing(context: dg.AssetExecutionContext) -> list[int]:
    own = context.assets_def
    print(own)
    return [len(own.check_specs)]


@dg.asset(metadata=FACTS)
def inside(context: dg.AssetExecutionContext) -> list[object]:
    return [FACTS for FACTS in context.assets_def.metadata_by_key[context.asset_key].values()]


@dg.multi_asset(specs=[dg.AssetSpec("left", metadata={"rows": 1}), dg.AssetSpec("right")])
def pair(context: dg.AssetExecutionContext):
    print(context.assets_def.metadata_by_key[dg.AssetKey("left")])
    yield dg.MaterializeResult(asset_key="left")
    yield dg.MaterializeResult(asset_key="right")


@dg.asset
def untold_kind(context: dg.AssetExecutionContext) -> bool:
    found = dg.DailyPartitionsDefinition("2024-01-01")
    for found in (found,):
        print(found)
    return isinstance(found, dg.MonthlyPartitionsDefinition)


@dg.asset
def untold_dimension(context: dg.AssetExecutionContext, untold_kind) -> str:
    return str(untold_kind.get_partitions_def_for_dimension("day"))
