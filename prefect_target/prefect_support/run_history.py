"""What Prefect's server knows of flow runs, asked for in the words of the code.

Written by `migrate convert`; yours to edit.

    RunHistory().add_run_tags(context.run_id, {"team": "data"})    # the flow run's tag team:data

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from prefect import get_client

from .found_runs import Run, RunRecord, RunsFilter, found_runs


class RunHistory:
    """Flow runs; asks Prefect's API each time, and keeps nothing."""

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError(f"instance.{name} has no counterpart in Prefect: ask prefect.get_client()")

    def get_runs(self, filters: RunsFilter | None = None, limit: int | None = None) -> list[Run]:
        """Runs, newest first."""
        return [record.dagster_run for record in found_runs(filters, limit)]

    def get_run_records(self, filters: RunsFilter | None = None, limit: int | None = None) -> list[RunRecord]:
        """Runs and their times, newest first."""
        return found_runs(filters, limit)

    def get_runs_count(self, filters: RunsFilter | None = None) -> int:
        """How many runs there are."""
        return len(found_runs(filters))

    def get_run_by_id(self, run_id: str) -> Run | None:
        """A run; None if there is none of that id."""
        found = self.get_runs(RunsFilter(run_ids=[run_id]))
        return found[0] if found else None

    def get_run_stats(self, run_id: str) -> SimpleNamespace:
        """When a flow run was due, started and ended, in seconds since 1970; None for what is not yet."""
        with get_client(sync_client=True) as client:
            run = client.read_flow_run(UUID(str(run_id)))

        def seconds(time: Any) -> float | None:
            return time.timestamp() if time else None

        return SimpleNamespace(
            run_id=str(run_id),
            enqueued_time=seconds(run.expected_start_time),
            launch_time=seconds(run.expected_start_time),
            start_time=seconds(run.start_time),
            end_time=seconds(run.end_time),
        )

    def add_run_tags(self, run_id: str, new_tags: Mapping[str, str]) -> None:
        """Tag a flow run; a tag of the same name is replaced."""
        with get_client(sync_client=True) as client:
            run = client.read_flow_run(UUID(str(run_id)))
            kept = [tag for tag in run.tags if tag.partition(":")[0] not in new_tags]
            client.update_flow_run(run.id, tags=[*kept, *(f"{k}:{v}" for k, v in new_tags.items())])
