import os

import dagster as dg


@dg.asset
def gold() -> dg.MaterializeResult:
    columns = [dg.TableColumn("ounces", "int")]
    return dg.MaterializeResult(metadata={"dagster/column_schema": dg.TableSchema(columns)})


schema_checks = dg.build_column_schema_change_checks(
    assets=[gold, dg.AssetKey(["raw", "orders"])], severity=dg.AssetCheckSeverity.ERROR
)
untold = dg.build_column_schema_change_checks(assets=[os.environ["TABLE"]])
defs = dg.Definitions(assets=[gold], asset_checks=[*schema_checks, *untold])
