# dagster is only mentioned here
from elsewhere import TableColumn, TableSchema

schema = TableSchema(columns=[TableColumn("a")])
