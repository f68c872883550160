"""Runs of partitions: the one that is due, and a backfill over many, one after another.

Written by `migrate convert`; yours to edit.

    @flow(name="daily_schedule")
    def daily_schedule() -> int:
        return start_due("daily_schedule", days, deployment="daily/daily")

Upstream: https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from prefect.deployments import run_deployment
from prefect.runtime import flow_run

from .partitions import MultiPartitions, Partitions
from .time_windows import TimeWindows


def due(partitions: Partitions, at: datetime) -> tuple[str, ...]:
    """The keys that a tick at a moment stands for: the last window that has ended, or every other key."""
    if isinstance(partitions, TimeWindows):
        return partitions.keys_at(at)[-1:]
    if isinstance(partitions, MultiPartitions):
        parts = {
            name: due(own, at) if isinstance(own, TimeWindows) else tuple(own.keys)
            for name, own in partitions.dimensions.items()
        }
        found = [""]
        for name in sorted(parts):
            found = [f"{left}|{part}" if left else part for left in found for part in parts[name]]
        return tuple(found)
    return tuple(partitions.keys)


def start_due(name: str, partitions: Partitions, *, deployment: str) -> int:
    """Start a run for each key that is due now, each once; return how many."""
    keys = due(partitions, flow_run.scheduled_start_time)
    for key in keys:
        run_deployment(
            deployment,
            parameters={"partition_key": key},
            tags=[f"partition:{key}"],
            idempotency_key=f"{name}:{key}",
            timeout=0,
            as_subflow=False,
        )
    return len(keys)


def backfill(deployment: str, keys: Iterable[str], *, in_order: bool = False) -> int:
    """Start a run of a deployment for each key; `in_order` waits for each, and stops at the first failure.

    Use it with `in_order` for assets that read their own previous partition:

        backfill("daily/daily", days.between("2024-01-01", "2024-01-31"), in_order=True)

    Raises RuntimeError when a run does not complete.
    """
    count = 0
    for key in keys:
        run = run_deployment(
            deployment,
            parameters={"partition_key": key},
            tags=[f"partition:{key}", "backfill"],
            timeout=None if in_order else 0,
            as_subflow=False,
        )
        count += 1
        if in_order and not (run.state and run.state.is_completed()):
            raise RuntimeError(f"{deployment} did not complete for {key}; the keys after it were not started")
    return count
