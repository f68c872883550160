"""Runs the converted flow in the target interpreter: `python prefect_side.pyz request.json`.

Started in an environment that has Prefect 3 and nothing of ours, against the API that
PREFECT_API_URL names. Task runs and check verdicts are taken from the events Prefect sends to that
API, as they are sent: no polling, and nothing is recorded here that the server is not told.

Exit code: 0 all years succeeded, 1 one failed (later ones are then not started), 3 something else broke.

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.metadata
import time
from typing import TYPE_CHECKING, Any

from ..side import cpu_seconds, keep_year, side
from .observer import Observer

if TYPE_CHECKING:
    from ..side import SideEvents

DISTRIBUTIONS = ("prefect", "prefect-dbt", "dbt-core", "dbt-duckdb", "duckdb")


def main(arguments: list[str]) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    return side(arguments[0], DISTRIBUTIONS, run_all)


def run_all(request: dict[str, Any], events: SideEvents) -> bool:
    """Run the years of the request in order, stop at the first that fails; True when none did."""
    observer = Observer(events)
    observer.attach()
    flow = find_flow(request["flow"])
    return all(run_year(flow, request, run, observer, events) for run in request["runs"])


def run_year(
    flow: Any, request: dict[str, Any], run: dict[str, Any], observer: Observer, events: SideEvents
) -> bool:
    """One run of the flow; True when Prefect says it completed."""
    from prefect import tags

    year, started, cpu, watched = run["year"], time.monotonic(), cpu_seconds(), observer.cpu_seconds
    observer.year, observer.tasks, observer.failures = year, 0, []
    events.emit("year_started", year=year, parameters=run["parameters"])
    labels = [f"{key}={value}" for key, value in request["tags"].items()]
    with tags(*labels, f"changeover.year={year}"):
        state = flow(**run["parameters"], return_state=True)
        if asyncio.iscoroutine(state):
            state = asyncio.run(state)
    ok = bool(state.is_completed())
    message = "" if ok else (state.message or "; ".join(observer.failures) or state.name)[:2000]
    events.emit(
        "year_finished",
        year=year,
        ok=ok,
        run_id=str(state.state_details.flow_run_id or ""),
        seconds=round(time.monotonic() - started, 3),
        cpu_seconds=round(cpu_seconds() - cpu, 3),
        observer_cpu_seconds=round(observer.cpu_seconds - watched, 3),
        tasks=observer.tasks,
        message=message,
    )
    if ok:
        keep_year(request, year, events)
    return ok


def find_flow(target: str) -> Any:
    """The flow that `module:name` points at.

    Raises:
        TypeError: there is something else of that name.
    """
    from prefect import Flow

    module, _, name = target.partition(":")
    found = getattr(importlib.import_module(module), name)
    if not isinstance(found, Flow):
        raise TypeError(f"{target} is no Prefect flow but {type(found).__name__}")
    return found
