"""A run that has ended, as the flow that its event starts is told of it.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from .found_runs import PARTITION, Run, RunsFilter, found_runs
from .validations import run_logger


@dataclass(frozen=True)
class RunEnded:
    """The flow run that ended: its id, the name of its flow, and the message of its last state."""

    run_id: str
    flow_name: str
    message: str = ""

    @property
    def dagster_run(self) -> Run:
        """The run itself, with its status, tags and parameters. Raises LookupError when it is gone."""
        found = found_runs(RunsFilter(run_ids=[self.run_id]))
        if not found:
            raise LookupError(f"there is no run {self.run_id}")
        return found[0].dagster_run

    @property
    def partition_key(self) -> str | None:
        """The partition of the run, if it has one."""
        return self.dagster_run.tags.get(PARTITION)

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The logger of the run that reacts."""
        return run_logger()
