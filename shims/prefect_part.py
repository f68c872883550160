"""A target that obeys routing.toml, by one line that is taken out again when all is moved:

    from shims.prefect_part import route
    simulate_year = route(simulate_year)     # what routing.toml leaves to Dagster is done by Dagster

The flow's own body runs, with its own wiring (`shims/foreign/prefect_part/`).

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
import os
import sys
from pathlib import Path
from typing import Any

from shims.foreign.prefect_part.part import Part
from shims.foreign.prefect_part.starting import only


def route(flow: Any, config_file: str | Path = "") -> Any:
    """The same flow; what routing.toml calls `dagster` or `shadow` is done by Dagster.

    routing.toml is read when the flow runs. Within a dual run the flow runs as it is.

    Args:
        config_file: migration.toml; default: CHANGEOVER_CONFIG, else searched from the caller's file upwards.
    """
    near = str(config_file) or sys._getframe(1).f_code.co_filename
    routed, body = copy.copy(flow), flow.fn

    def cut() -> contextlib.AbstractContextManager[None]:
        if os.environ.get("CHANGEOVER_RUN"):
            return contextlib.nullcontext()
        from migrate import routing
        from shims.bridge_process import find_config

        config = find_config(near)
        os.environ.setdefault("CHANGEOVER_CONFIG", str(config))
        rules = routing.load(config.parent).rules
        return only(Part({"everything": True, "rules": rules, "read": read_by_value(config)}), flow)

    if inspect.iscoroutinefunction(body):

        @functools.wraps(body)
        async def later(*args: Any, **given: Any) -> Any:
            with cut():
                return await body(*args, **given)

        routed.fn = later
        return routed

    @functools.wraps(body)
    def at_once(*args: Any, **given: Any) -> Any:
        with cut():
            return body(*args, **given)

    routed.fn = at_once
    return routed


def read_by_value(config: Path) -> list[str]:
    """The assets whose values others take from Dagster's default store, as `migrate verify` saw them."""
    from migrate.config import load
    from migrate.errors import EvidenceError
    from migrate.routing_graph import DEFAULT_STORE, load_graph

    try:
        nodes = load_graph(load(config), stale=True).nodes
    except EvidenceError:
        return []
    taken = {key for node in nodes.values() for key in node.loads}
    return sorted(key for key in taken if key in nodes and nodes[key].store == DEFAULT_STORE)
