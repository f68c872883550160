"""When a schedule ticks, and what it asks for."""

from __future__ import annotations

from typing import Any

from ..year import UTC
from .asked import load_repository


def ticks(request: dict[str, Any]) -> dict[str, Any]:
    """The ticks of a schedule between two moments, and the next one with what it asks for."""
    from dagster._utils.schedules import schedule_execution_time_iterator

    _, repository = load_repository(request)
    names = [s.name for s in repository.schedule_defs]
    if request["schedule"] not in names:
        raise LookupError(
            f"there is no schedule {request['schedule']}; there are: {', '.join(names) or 'none'}"
        )
    definition = repository.get_schedule_def(request["schedule"])
    zone = definition.execution_timezone or "UTC"
    found, past = [], []
    for local in schedule_execution_time_iterator(request["after"], definition.cron_schedule, zone):
        if local.timestamp() <= request["after"]:
            continue
        past.append(local)
        if local.timestamp() > request["until"] or len(past) >= request["most"]:
            break
    for local in past:
        # What a tick long past would have asked for matters to nobody: it is recorded as missed.
        asked = evaluate(definition, local, repository) if local is past[-1] else []
        found.append({"at": local.astimezone(UTC).isoformat(), "local": local.isoformat(), "runs": asked})
    cron = definition.cron_schedule
    words = cron if isinstance(cron, str) else " | ".join(cron)
    return {
        "schedule": definition.name,
        "job": definition.job_name,
        "cron": words,
        "timezone": zone,
        "ticks": found,
    }


def evaluate(definition: Any, local: Any, repository: Any) -> Any:
    """The runs a tick asks for, or the reason why it skips."""
    from dagster import build_schedule_context

    with build_schedule_context(scheduled_execution_time=local, repository_def=repository) as context:
        answer = definition.evaluate_tick(context)
    if not answer.run_requests:
        return answer.skip_message or "it asks for no run"
    return [{"partition": r.partition_key, "config": r.run_config or {}} for r in answer.run_requests]
