"""A task done by Dagster in its place."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, Any

from prefect.futures import PrefectFuture

from .part import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .part import Part


def futures_in(value: Any) -> Iterator[Any]:
    """Every future among some arguments, but for what is only waited for."""
    if isinstance(value, PrefectFuture):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from futures_in(inner) if name != "wait_for" else ()
    elif isinstance(value, (list, tuple, set)):
        for inner in value:
            yield from futures_in(inner)


def bridge(task: Any, how: str, call: tuple[Any, dict[str, Any]], flow: Any, part: Part) -> Any:
    """The same task, done by Dagster: same assets, same place, the flow run's partition and config."""
    from prefect.context import FlowRunContext

    from shims.prefect_bridge import BridgedCheck, bridge_asset

    checks = [BridgedCheck(s.name, s.asset, bool(s.blocking)) for s in getattr(task, "checks", None) or ()]
    keys, given = sorted(keys_of(task)), call[1]
    read = len(keys) == 1 and keys[0] in part.read
    where = os.environ["CHANGEOVER_CONFIG"]
    stand_in = bridge_asset(keys, checks=checks, name=task.name, value=read, config_file=where)
    stand_in._of_a_bridge = True
    context = FlowRunContext.get()
    parameters = dict(context.parameters or {}) if context else {}
    asked = {"partition_key": parameters.get("partition_key"), "config": changed(parameters, task, flow)}
    values = dict(part.value_for_dagster(task, future) for future in futures_in(call))
    if values:
        asked["values"] = {key: future for key, future in values.items() if key}
    extra = {key: given[key] for key in ("wait_for", "return_state") if key in given}
    return getattr(stand_in, "__call__" if how == "__call__" else "submit")(**asked, **extra)


def changed(parameters: dict[str, Any], task: Any, flow: Any) -> Any:
    """The task's configuration, where the flow run was given another than the default."""
    name = f"{task.name}_config"
    declared = inspect.signature(flow.fn).parameters.get(name)
    given = parameters.get(name)
    return None if declared is None or given == declared.default else given
