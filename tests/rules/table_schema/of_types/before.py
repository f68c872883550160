from dagster import AssetSpec, Definitions, TableSchema, asset

parts = AssetSpec("parts", metadata={"dagster/column_schema": TableSchema.from_name_type_dict({"id": "int", "name": "text"})})


@asset(deps=[parts])
def stock(context) -> None:
    context.add_output_metadata({"dagster/column_schema": TableSchema.from_name_type_dict({"id": "int"})})


defs = Definitions(assets=[parts, stock])
