import dagster as dg
from dagster import AssetKey, AssetMaterialization, AssetObservation, ExpectationResult, MetadataValue, Output, op


@op
def report(context: dg.OpExecutionContext, rows: int):
    yield AssetMaterialization(
        asset_key=AssetKey(["reports", "daily"]),
        description="The report.",
        metadata={"rows": rows, "path": MetadataValue.path("report.html")},
    )
    # seen
    context.log_event(AssetObservation(asset_key="orders", metadata={"rows": rows}))
    context.log_event(dg.AssetMaterialization(f"orders_{rows}"))
    yield ExpectationResult(success=rows > 0, label="rows", metadata={"rows": rows})
    yield Output(rows)


@op
def quiet(context: dg.OpExecutionContext) -> None:
    context.log_event(dg.AssetObservation(["raw", "orders"]))
