"""The part, run to its end."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .flows import config_of, find_flow, parameters_of
from .part import Part
from .starting import only
from .telling import listen

if TYPE_CHECKING:
    from ..events import Events


def run(request: dict[str, Any], events: Events) -> bool:
    """Run the part; True when Prefect says it completed and nothing that was asked for was left out."""
    from prefect import tags

    flow, tried = find_flow(request)
    part = Part(request)
    parameters = {**parameters_of(flow, request), **config_of(flow, tried)}
    listen(events)
    labels = [f"{key}={value}" for key, value in (request.get("tags") or {}).items()]
    with only(part, flow), tags(*labels):
        state = flow(**parameters, return_state=True)
        if asyncio.iscoroutine(state):
            state = asyncio.run(state)
    ok = bool(state.is_completed())
    message = "" if ok else str(state.message or state.name)
    if ok and part.missing:
        ok, message = False, f"the flow made no {', '.join(part.missing)}"
    for key, told in (request.get("back") or {}).items() if ok else ():
        with contextlib.suppress(KeyError):  # an optional output that was not produced
            Path(told["file"]).write_bytes(pickle.dumps(part.returned(told, key), protocol=4))
    run_id = str(state.state_details.flow_run_id or "")
    events.emit("finished", ok=ok, message=message, flow=flow.name, run_id=run_id)
    return ok
