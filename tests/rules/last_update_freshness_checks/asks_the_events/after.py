import datetime

from prefect import flow
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE

from prefect_support.freshness import require_fresh
from prefect_support.validations import Severity

LIMIT = datetime.timedelta(hours=9)
tables = {name: f"asset://stripe/{name}" for name in ("charges", "coupons")}


@materialize(
    Asset(key="asset://gold", properties=AssetProperties(name="gold")),
    cache_policy=NO_CACHE,
)
def gold() -> int:
    return 1


@flow(name="late_tables")
def late_tables() -> None:
    """Whether its assets were made in time."""
    require_fresh(
        ["asset://stripe/charges", "asset://stripe/coupons", "asset://gold"],
        within=LIMIT,
        deadline="0 9 * * *",
        timezone="Europe/Berlin",
        severity=Severity.ERROR,
    )


@flow(name="freshness_checks_29")
def freshness_checks_29() -> None:
    """Whether its assets were made in time."""
    require_fresh(["asset://gold"], within=datetime.timedelta(days=1))
