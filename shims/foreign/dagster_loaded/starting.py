"""Schedules and sensors: what they start, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dagster_probe.keys import is_implicit
from .functions import function_of
from .spelling import said

if TYPE_CHECKING:
    from pathlib import Path


def schedule(definition: Any, root: Path) -> dict[str, Any]:
    """One schedule."""
    cron = definition.cron_schedule
    return {
        "job": definition.job_name if not is_implicit(definition.job_name) else "",
        "cron": cron if isinstance(cron, str) else list(cron),
        "timezone": definition.execution_timezone or "",
        "status": definition.default_status.value,
        "function": function_of(definition, root),
    }


def sensor(definition: Any, root: Path) -> dict[str, Any]:
    """One sensor."""
    targets = getattr(definition, "targets", None) or []
    names = sorted({t.job_name for t in targets if t.job_name and not is_implicit(t.job_name)})
    return {
        "jobs": names,
        "interval": said(definition.minimum_interval_seconds, root)["text"],
        "status": definition.default_status.value,
        "function": function_of(definition, root),
    }
