from typing import Any
from unittest.mock import MagicMock

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(key="asset://ducks", properties=AssetProperties(name="ducks")),
    cache_policy=NO_CACHE,
)
def ducks(size: Any, mock: Any, nothing: Any) -> int:
    return size


def size() -> Any:
    return 3


def mock() -> Any:
    return MagicMock()


def nothing() -> Any:
    return None
