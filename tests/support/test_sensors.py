"""Polling flows: what starts, what is remembered, what happens when the poll breaks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


@pytest.fixture
def deployment(prefect: str) -> str:
    """A deployment without a work pool: its runs are created and wait."""
    from prefect import flow
    from prefect.client.orchestration import get_client

    @flow
    def target(year: int = 0) -> None: ...

    with get_client(sync_client=True) as client:
        client.create_deployment(flow_id=client.create_flow(target), name="late")
    return "target/late"


def runs() -> list[tuple[Any, list[str]]]:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowFilter
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        found = client.read_flow_runs(
            flow_filter=FlowFilter(name={"any_": ["target"]}),
            limit=100,
            offset=0,
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        )
    return [(run.parameters, sorted(run.tags)) for run in found]


def polling(poll: Callable[[Any], Any], deployment: str) -> Callable[[], int]:
    from prefect import flow
    from prefect_support.sensors import launch

    @flow
    def sensor() -> int:
        return launch("watch", poll, deployment=deployment)

    return sensor


def test_a_poll_starts_runs_once_and_remembers_how_far_it_got(deployment: str) -> None:
    from prefect.variables import Variable
    from prefect_support.sensors import RunRequest, SensorContext, SkipReason

    seen: list[str | None] = []

    def poll(context: SensorContext) -> Iterator[Any]:
        seen.append(context.cursor)
        yield RunRequest(run_key="a", parameters={"year": 1}, tags={"reason": "test"})
        yield SkipReason("nothing else")
        context.update_cursor(f"{len(seen)}")

    watch = polling(poll, deployment)
    assert (watch(), watch()) == (1, 1)
    assert seen == [None, "1"]
    assert runs() == [({"year": 1}, ["reason:test"])]  # the second request has the same run key
    assert Variable.get("cursor_watch") == "2"

    def breaks(context: SensorContext) -> Iterator[Any]:
        yield RunRequest(parameters={"year": 2})
        context.update_cursor("lost")
        raise OSError("the folder is gone")

    with pytest.raises(OSError, match="the folder is gone"):
        polling(breaks, deployment)()
    assert len(runs()) == 1
    assert Variable.get("cursor_watch") == "2"

    assert polling(lambda context: RunRequest(parameters={"year": 3}), deployment)() == 1
    assert polling(lambda context: {}, deployment)() == 1  # a schedule answers with a configuration
    assert polling(lambda context: None, deployment)() == 0
    assert polling(lambda context: SkipReason("closed"), deployment)() == 0
    assert [parameters for parameters, _ in runs()] == [{"year": 1}, {"year": 3}, {}]
