"""A run that has ended, as the flow that its event starts is told of it.

Written by `migrate convert`; yours to edit.

Upstream: https://docs.prefect.io/v3/how-to-guides/automations/creating-deployment-triggers
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from .validations import run_logger


@dataclass(frozen=True)
class RunEnded:
    """The flow run that ended: its id, the name of its flow, and the message of its last state."""

    run_id: str
    flow_name: str
    message: str = ""

    @property
    def log(self) -> logging.Logger | logging.LoggerAdapter[logging.Logger]:
        """The logger of the run that reacts."""
        return run_logger()
