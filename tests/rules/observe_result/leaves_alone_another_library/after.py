# dagster is only mentioned here
from elsewhere import DataVersion, ObserveResult

seen = ObserveResult(data_version=DataVersion("1"))
