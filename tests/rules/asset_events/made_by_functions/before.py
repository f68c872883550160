from dagster import AssetKey, AssetMaterialization, AssetObservation, Definitions, MetadataValue, Output, asset


class Builder:
    def __init__(self, table):
        self.table = table
        self.metadata = {"rows": MetadataValue.int(3)}

    def build(self) -> AssetMaterialization:
        rows = self.metadata.get("rows", MetadataValue.int(0)).value
        return AssetMaterialization(asset_key=AssetKey(["raw", self.table]), metadata={"rows": rows})


def seen(name):
    return AssetObservation(asset_key=name)


def all_seen():
    yield AssetObservation(asset_key="first")
    yield AssetObservation(asset_key="second")


@asset
def tables(context):
    builder = Builder("orders")
    yield builder.build()
    kept = seen("report")
    yield kept
    context.log_event(seen("other"))
    yield from all_seen()
    yield Output(1)


def built(name):
    return Builder(name).build()


@asset
def changed():
    event = built("late")
    event.metadata["more"] = 1
    yield event
    yield Output(1)


defs = Definitions([tables, changed])
