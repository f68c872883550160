import datetime

from prefect import flow

from prefect_support.freshness import require_fresh


@flow(name="late")
def late() -> None:
    """Whether its assets were made in time."""
    require_fresh(["asset://gold"], within=datetime.timedelta(hours=9))
