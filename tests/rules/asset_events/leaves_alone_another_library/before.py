# dagster is only mentioned here
from elsewhere import AssetObservation

AssetObservation("a")
