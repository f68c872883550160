"""Runs are found by flow, state and tag on a real server; those that are due later are not there yet."""

from datetime import UTC, datetime, timedelta

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_runs_by_flow_state_and_tag(prefect: str) -> None:
    from prefect import flow, get_client, tags
    from prefect.states import Running, Scheduled
    from prefect_support.found_runs import RunsFilter, found_runs

    @flow(name="found_nightly")
    def nightly() -> None:
        """Does nothing."""

    with tags("kind:real"):
        nightly()
    now = datetime.now(UTC)
    with get_client(sync_client=True) as client:
        client.create_flow_run(nightly, state=Running())
        client.create_flow_run(nightly, state=Scheduled(scheduled_time=now - timedelta(minutes=1)))
        client.create_flow_run(nightly, state=Scheduled(scheduled_time=now + timedelta(hours=1)))

    def count(*statuses: str, job: str = "found_nightly", **more: str) -> int:
        return len(found_runs(RunsFilter(job_name=job, statuses=statuses, tags=more)))

    assert (count("STARTED"), count("QUEUED"), count("SUCCESS")) == (1, 1, 1)
    assert (count("QUEUED", "STARTED"), count("FAILURE"), count()) == (2, 0, 3)
    assert (count(kind="real"), count("STARTED", job="found_other")) == (1, 0)
    assert len(found_runs(RunsFilter(job_name="found_nightly"), limit=2)) == 2
    with pytest.raises(KeyError):
        count("SLEEPING")
