import dagster as dg

NAMED = dg.AssetSpec("tin", metadata={"x": 1})


@dg.multi_asset(
    outs={
        "gold": dg.AssetOut(metadata={"colour": "yellow"}, kinds={"s3"}, owners=["team:ore"], tags={"rare": ""}),
        "silver": dg.AssetOut(tags={"rare": ""}),
    },
    compute_kind="python",
    pool="scales",
)
def metals() -> tuple[int, int]:
    return 1, 2


@dg.multi_asset(
    specs=[
        dg.AssetSpec(["metals", "iron"], metadata={"colour": "grey"}, owners=["team:ore"]),
        dg.AssetSpec("zinc", automation_condition=dg.AutomationCondition.eager()),
        NAMED,
    ]
)
def more():
    yield dg.MaterializeResult(asset_key=["metals", "iron"])
    yield dg.MaterializeResult(asset_key="zinc")
    yield dg.MaterializeResult(asset_key="tin")
