# dagster is only mentioned here
from elsewhere import create_table_schema_metadata_from_dataframe

schema = create_table_schema_metadata_from_dataframe(None)
