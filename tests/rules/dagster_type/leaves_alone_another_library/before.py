# dagster is only mentioned here
from elsewhere import DagsterType

KEPT = DagsterType
