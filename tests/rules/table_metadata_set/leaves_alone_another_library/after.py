# dagster is only mentioned here
from elsewhere import TableMetadataSet

KEPT = TableMetadataSet
