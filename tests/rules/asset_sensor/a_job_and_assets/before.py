import dagster as dg


@dg.asset(key_prefix=["raw"])
def orders() -> None:
    """As they come."""


@dg.asset(deps=[orders])
def totals() -> None:
    """Their sum."""


totals_job = dg.define_asset_job("totals_job", selection=[totals])


# whenever orders are there
@dg.asset_sensor(
    asset_key=dg.AssetKey(["raw", "orders"]), job=totals_job, default_status=dg.DefaultSensorStatus.RUNNING
)
def orders_made(context: dg.SensorEvaluationContext, asset_event: dg.EventLogEntry):
    """Sums them up."""
    yield dg.RunRequest(run_key=context.cursor)


@dg.asset_sensor(asset_key=dg.AssetKey("totals"), target=[totals], name="by_hand")
def reads_the_event(context, asset_event):
    return dg.RunRequest(run_key=str(asset_event.timestamp))


@dg.asset_sensor(asset_key=dg.AssetKey(dg.__version__), job=totals_job)
def unknown_asset(context, asset_event):
    return dg.RunRequest()
