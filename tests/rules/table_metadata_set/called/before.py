from dagster import Definitions, MaterializeResult, asset
from dagster._core.definitions.metadata.metadata_set import TableMetadataSet


@asset(metadata=dict(TableMetadataSet(table_name="lake.orders")))
def orders() -> MaterializeResult:
    facts = {"rows": 3, **TableMetadataSet(row_count=3, storage_kind=None)}
    return MaterializeResult(metadata=facts)


defs = Definitions(assets=[orders])
