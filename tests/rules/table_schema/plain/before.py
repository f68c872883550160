from dagster import (
    AssetKey,
    MetadataValue,
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableRecord,
    TableSchema,
    asset,
)

SCHEMA = TableSchema(columns=[TableColumn("ounces", "int", constraints=TableColumnConstraints(nullable=False)), TableColumn(name="mine")])


def columns() -> TableSchema:
    return SCHEMA


@asset(metadata={"dagster/column_schema": SCHEMA})
def gold(context) -> int:
    context.add_output_metadata(
        {
            "sample": MetadataValue.table([TableRecord({"ounces": 1})], schema=columns()),
            "lineage": TableColumnLineage({"ounces": [TableColumnDep(asset_key=AssetKey("ore"), column_name="kilos")]}),
        }
    )
    return 1
