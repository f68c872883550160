"""The deployments of prefect.yaml: schedules and sensors."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
import sys
from typing import TYPE_CHECKING, Any

from prefect import Flow

from ..year import MOST_ASKED, MOST_TICKS, YEAR, text_of, ticks
from .requests import run_requests

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MADE = "prefect.asset.materialization.succeeded"
REACTS = {"react", "RunEnded"}
"""What a flow calls that an event starts in place of a sensor."""


def read_deployments(root: Path) -> Iterator[dict[str, Any]]:
    """The entries of prefect.yaml."""
    import yaml

    file = root / "prefect.yaml"
    if file.is_file():
        loaded = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        yield from loaded.get("deployments") or []


def entrypoint_of(deployment: dict[str, Any]) -> tuple[str, str]:
    """(module, flow's variable) of an entrypoint, written as a path or as a module."""
    place, _, name = str(deployment.get("entrypoint", "")).rpartition(":")
    if place.endswith(".py"):
        place = place.removesuffix(".py").removesuffix("/__init__").removeprefix("./").replace("/", ".")
    return (place, name) if name and place else (str(deployment.get("entrypoint", "")).rpartition(".")[0], "")


def is_deployed(flow: Any, deployments: list[dict[str, Any]]) -> bool:
    """Whether prefect.yaml names a flow; all are where it names none."""
    named = [getattr(sys.modules.get(module), name, None) for module, name in map(entrypoint_of, deployments)]
    return not named or any(one is flow for one in named)


def triggers(deployments: list[dict[str, Any]], flows: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Deployments with a cron schedule, as schedules; those with an interval or that react, as sensors."""
    schedules, sensors = [], []
    for deployment in deployments:
        module, name = entrypoint_of(deployment)
        flow = getattr(sys.modules.get(module), name, None)
        if not isinstance(flow, Flow):
            raise LookupError(f"prefect.yaml: deployment {deployment.get('name')}: no flow {module}:{name}")
        given = deployment.get("schedules") or (
            [deployment["schedule"]] if deployment.get("schedule") else []
        )
        crons = [s for s in given if s.get("cron")]
        about = {"name": deployment["name"], "flow": flow.name, "job": target_of(flow, flows)}
        if crons:
            ticking = cron_schedule(crons)
            asked = run_requests(flow, about, deployment, ticking["ticks"]["moments"][:MOST_ASKED])
            schedules.append({**about, **ticking, "requests": asked})
        elif given:
            intervals = [float(s["interval"]) for s in given if s.get("interval")]
            active = "RUNNING" if all(s.get("active", True) for s in given) else "STOPPED"
            sensors.append({**about, "interval": min(intervals, default=None), "status": active})
        elif deployment.get("triggers") and any(REACTS.intersection(c.co_names) for c in codes_of(flow)):
            enabled = all(t.get("enabled", True) for t in deployment["triggers"])
            status = "RUNNING" if enabled else "STOPPED"
            sensors.append({**about, "interval": None, "status": status, "event": True})
    return sorted(schedules, key=lambda s: s["name"]), sorted(sensors, key=lambda s: s["name"])


def reactions(deployments: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The flows that the making of an asset starts, each with the assets that do."""
    for deployment in deployments:
        module, name = entrypoint_of(deployment)
        flow = getattr(sys.modules.get(module), name, None)
        watched: set[str] = set()
        for trigger in deployment.get("triggers") or ():
            if MADE in (trigger.get("expect") or ()) and trigger.get("enabled", True):
                given = (trigger.get("match") or {}).get("prefect.resource.id") or ()
                watched.update([given] if isinstance(given, str) else given)
        if watched and isinstance(flow, Flow):
            yield {"flow": flow.name, "assets": sorted(w.removeprefix("asset://") for w in watched)}


def codes_of(flow: Any) -> list[Any]:
    """The code of a flow's body, and of every function written in it."""
    codes = [inspect.unwrap(flow.fn).__code__]
    for code in codes:
        codes.extend(c for c in code.co_consts if inspect.iscode(c))
    return codes


def target_of(flow: Any, flows: dict[str, Any]) -> str:
    """The flow that a deployment really starts: itself, or the one that its body starts."""
    names = {"run_deployment", "arun_deployment", "launch", "react", "start_due"}
    codes = codes_of(flow)
    for code in codes:
        for name in code.co_names:
            value = flow.fn.__globals__.get(name)
            if isinstance(value, Flow) and value is not flow:
                return str(value.name)
    starts = any(names.intersection(code.co_names) for code in codes)
    for text in (c for code in codes for c in code.co_consts if isinstance(c, str)):
        if starts and "/" in text and text.partition("/")[0] in flows:
            return text.partition("/")[0]
    return str(flow.name)


def cron_schedule(given: list[dict[str, Any]]) -> dict[str, Any]:
    """Cron text, time zone, status, and the ticks of the simulated year by Prefect's own reckoning."""
    moments = sorted(
        {m for s in given for m in moments_of(s["cron"], s.get("timezone"), s.get("day_or", True))}
    )
    return {
        "cron": " | ".join(str(s["cron"]) for s in given),
        "timezone": given[0].get("timezone") or "UTC",
        "status": "RUNNING" if all(s.get("active", True) for s in given) else "STOPPED",
        "ticks": ticks(moments[:MOST_TICKS]),
    }


def moments_of(cron: str, zone: str | None, day_or: bool) -> list[str]:
    """The ticks of one cron line, asked for in batches as Prefect's scheduler does."""
    from prefect.server.schemas.schedules import CronSchedule

    schedule = CronSchedule(cron=cron, timezone=zone, day_or=day_or)
    found: list[str] = []
    start = YEAR[0]
    while len(found) < MOST_TICKS:
        given = asyncio.run(schedule.get_dates(start=start, end=YEAR[1]))
        batch = [dt.datetime.fromtimestamp(d.timestamp(), dt.UTC) for d in given]
        batch = [d for d in batch if start <= d < YEAR[1]]
        if not batch:
            break
        found.extend(map(text_of, batch))
        start = batch[-1] + dt.timedelta(seconds=1)
    return found
