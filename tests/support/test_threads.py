"""Threads that a task starts itself: what they log is the run's, as it was in Dagster."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def logged(run: str, wanted: int) -> list[str]:
    """What the server has of a run's logs, once there are so many."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import LogFilter, LogFilterFlowRunId

    of_run = LogFilter(flow_run_id=LogFilterFlowRunId(any_=[UUID(run)]))
    found: list[str] = []
    for _ in range(60):
        with get_client(sync_client=True) as client:
            found = [log.message for log in client.read_logs(log_filter=of_run)]
        if sum(message.startswith("page") for message in found) >= wanted:
            break
        time.sleep(0.5)
    return sorted(message for message in found if message.startswith("page"))


def test_a_thread_knows_the_run_that_started_it(prefect: str) -> None:
    from prefect import flow, get_run_logger, task
    from prefect.cache_policies import NO_CACHE
    from prefect.runtime import flow_run
    from prefect_support.task_context import TaskContext
    from prefect_support.threads import in_run

    runs: list[str] = []

    def plain(context: Any, page: int) -> None:
        context.log.info("page %s in %s", page, context.run_id)

    @task(cache_policy=NO_CACHE)
    def pages() -> list[int]:
        context = TaskContext()
        runs.append(str(flow_run.id))

        def fetch(page: int) -> int:
            get_run_logger().info("page %s in %s", page, flow_run.id)
            return page

        with ThreadPoolExecutor(3) as pool:
            found = list(pool.map(in_run(fetch), range(3)))
        thread = threading.Thread(target=plain, args=(context, 3))
        thread.start()
        thread.join()
        return found

    @flow
    def book() -> list[int]:
        return pages()

    assert book() == [0, 1, 2]
    assert logged(runs[0], 4) == [f"page {page} in {runs[0]}" for page in range(4)]
