# dagster is only mentioned here
from elsewhere import usable_as_dagster_type

KEPT = usable_as_dagster_type
