# dagster is only mentioned here
from elsewhere import ResourceDependency

KEPT = ResourceDependency
