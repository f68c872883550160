import dagster as dg
import pandas as pd
from dagster_pandas.data_frame import create_table_schema_metadata_from_dataframe

describe = {"schema": create_table_schema_metadata_from_dataframe}


@dg.asset
def orders() -> dg.MaterializeResult:
    frame = pd.DataFrame({"id": [1], 2: ["a"]})
    schema = create_table_schema_metadata_from_dataframe(pandas_df=frame)
    return dg.MaterializeResult(
        metadata={"dagster/column_schema": create_table_schema_metadata_from_dataframe(frame), "again": schema}
    )


defs = dg.Definitions(assets=[orders])
