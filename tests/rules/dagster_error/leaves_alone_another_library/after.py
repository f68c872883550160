# dagster is only mentioned here
from elsewhere import DagsterError

raise DagsterError("elsewhere")
