"""Assets are late when no event tells that they were made in time: asked of a real server."""

import time
from datetime import UTC, datetime, timedelta

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_what_was_made_in_time_is_not_late(prefect: str) -> None:
    from prefect import flow
    from prefect.assets import materialize
    from prefect_support.asset_events import observed
    from prefect_support.freshness import AssetsAreLate, require_fresh, updated
    from prefect_support.validations import Severity

    @materialize("asset://fresh/gold")
    def gold() -> None:
        observed("asset://fresh/seen", {"dagster/last_updated_timestamp": 1_700_000_000.0})

    @flow
    def all_of_it() -> None:
        gold()

    all_of_it()
    waited = time.monotonic() + 30
    while time.monotonic() < waited and not updated("asset://fresh/gold", datetime.now(UTC)):
        time.sleep(0.2)
    now, hour = datetime.now(UTC), timedelta(hours=1)
    assert updated("asset://fresh/seen", now) == datetime.fromtimestamp(1_700_000_000, UTC)
    both = ["asset://fresh/gold", "asset://fresh/never"]
    assert require_fresh(both, within=hour) == ["asset://fresh/never"]
    assert require_fresh(both[:1], within=hour, now=now + 2 * hour) == both[:1]
    # by the deadline of a minute ago it had been made; of a deadline two days later it had not
    assert require_fresh(both[:1], within=hour, deadline="* * * * *") == []
    later = (now + timedelta(days=2)).replace(hour=10)
    assert require_fresh(both[:1], within=hour, deadline="0 9 * * *", now=later) == both[:1]
    with pytest.raises(AssetsAreLate, match="never"):
        require_fresh(both, within=hour, severity=Severity.ERROR)
