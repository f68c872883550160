# dagster is only mentioned here
from elsewhere import Failure

raise Failure("no")
