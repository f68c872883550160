import dagster as dg


class Store(dg.ConfigurableResource):
    path: str

    def files(self) -> list[str]:
        return [self.path]


@dg.asset
def totals() -> None:
    """Their sum."""


@dg.asset
def found() -> None:
    """What a file gave."""


files_job = dg.define_asset_job("files_job", selection=[found])


@dg.asset_sensor(asset_key=dg.AssetKey("totals"), job=files_job)
def asks_the_store(context: dg.SensorEvaluationContext, store: Store):
    for file in store.files():
        yield dg.RunRequest(run_key=file)


@dg.asset_sensor(asset_key=dg.AssetKey("totals"), job=files_job)
def store_and_event(context: dg.SensorEvaluationContext, store: Store, made: dg.EventLogEntry):
    if store.files():
        yield dg.RunRequest(run_key=str(made.timestamp))


defs = dg.Definitions(
    assets=[totals, found],
    jobs=[files_job],
    sensors=[asks_the_store, store_and_event],
    resources={"store": Store(path="store")},
)
