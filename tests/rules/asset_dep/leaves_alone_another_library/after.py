# dagster is only mentioned here
from elsewhere import AssetDep

KEPT = AssetDep("a")
