import logging
import warnings

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

try:
    warnings.filterwarnings("ignore", category=DeprecationWarning)
except ValueError:
    pass

if hasattr(warnings, "catch_warnings"):
    logging.captureWarnings(True)


@materialize(
    Asset(key="asset://orders", properties=AssetProperties(name="orders")),
    cache_policy=NO_CACHE,
)
def orders():
    return 1
