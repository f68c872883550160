"""What operating the deployments takes, beside Dagster's code: backfills, one writer a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from migrate.rewriting.deployments import Deployment

ONE_WRITER = "one-writer"
"""The work queue of deployments that write the same DuckDB file; operations.py lets one run in at a time."""


def operated(deployments: Sequence[Deployment], files: Mapping[str, bytes]) -> list[Deployment]:
    """The deployments with the backfill of each partitioned job, and with the queue of one writer.

    DuckDB lets one process write a file. A flow that only starts others (a schedule, a sensor) writes none.
    """
    one_writer = any(b"duckdb" in data for path, data in files.items() if path.endswith((".py", ".toml")))
    found = [*deployments, *_backfills(deployments, files)]
    if not one_writer:
        return found
    return [d if d.one_at_a_time else replace(d, queue=ONE_WRITER) for d in found]


def commands_for(deployments: Sequence[Deployment]) -> tuple[str, ...]:
    """Support modules that no converted code imports: to set up a server, to sweep over scenarios."""
    partitioned = any(d.name.endswith("_backfill") for d in deployments)
    return (*(("operations",) if deployments else ()), *(("sweep",) if partitioned else ()))


def _backfills(deployments: Sequence[Deployment], files: Mapping[str, bytes]) -> Iterator[Deployment]:
    for entry in dict.fromkeys(deployment.entrypoint for deployment in deployments):
        path, _, function = entry.rpartition(":")
        if f"def {function}_backfill(".encode() not in files.get(path, b""):
            continue
        job = next(d for d in deployments if d.entrypoint == entry)
        about = f"{job.name}, once a partition, in order."
        yield Deployment(f"{job.name}_backfill", f"{entry}_backfill", about, tags=job.tags)
