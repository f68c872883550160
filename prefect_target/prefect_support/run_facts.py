"""What a task may ask about the flow run it is part of.

Written by `migrate convert`; yours to edit.

    if "nightly" in run_tags(): ...

Upstream: https://docs.prefect.io/v3/concepts/runtime-context
"""

from __future__ import annotations

from typing import Any

from prefect.context import TaskRunContext
from prefect.runtime import flow_run


def run_tags() -> dict[str, str]:
    """The tags of the flow run: `team:data` is `{"team": "data"}`, a tag without a colon has no value."""
    return {name: value for name, _, value in (tag.partition(":") for tag in flow_run.tags or ())}


def task_config() -> dict[str, Any]:
    """In a state hook: the config of the task whose state has changed, as a dictionary."""
    context = TaskRunContext.get()
    config = context.parameters.get("config") if context else None
    if config is None:
        raise RuntimeError("the task has no parameter `config`")
    return dict(config.model_dump()) if hasattr(config, "model_dump") else dict(config)
