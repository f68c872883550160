"""What starts an asset by itself: Dagster's condition against the triggers and schedules of the target."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.difference import NORMALISED, Difference, Dump

EAGER = re.compile(r"label='eager'|MaterializeOnParentUpdatedRule|\beager\b")
CRON = re.compile(r"on_cron\(([^()]*?)(?:, [\w/+-]+)?\)")


def automation(key: str, mine: Dump, theirs: Dump, prefect: Dump) -> Iterator[Difference]:
    """The condition of an asset, explained where a flow of the target makes it at the same occasions."""
    condition = str(mine.get("automation") or "")
    if not condition or condition == theirs.get("automation"):
        return
    cron = CRON.search(condition)
    ticking = cron and _ticking(key, cron[1], prefect)
    if ticking:
        yield Difference("automation", key, condition, ticking, NORMALISED["automation"])
        return
    makers = _makers(key, prefect)
    told, missing = _started(mine["deps"], makers, prefect) if EAGER.search(condition) else ("", [])
    why = NORMALISED["automation"] if told and not missing else ""
    found = f"{told}, and not by {', '.join(missing)}" if missing and told else told or None
    yield Difference("automation", key, condition, found, why)


def _makers(key: str, prefect: Dump) -> dict[str, set[str]]:
    """The flows that make an asset, with all that each of them makes."""
    deployed = [job for job in prefect["jobs"] if job.get("deployed", True)]
    return {job["name"]: set(job["assets"]) for job in deployed if key in job["assets"]}


def _ticking(key: str, cron: str, prefect: Dump) -> str | None:
    """The schedule with this cron line whose flow makes the asset."""
    makers = _makers(key, prefect)
    spelled = " ".join(cron.split())
    for schedule in prefect["schedules"]:
        if spelled in schedule["cron"].split(" | ") and schedule["job"] in makers:
            return f"{schedule['job']} on {spelled}, {schedule.get('timezone', 'UTC')}"
    return None


def _started(deps: list[str], makers: dict[str, set[str]], prefect: Dump) -> tuple[str, list[str]]:
    """By which events flows that make the asset are started, and which of its dependencies start none."""
    reactions = [r for r in prefect.get("reactions", ()) if r["flow"] in makers]
    watched = {asset for r in reactions for asset in r["assets"]}
    within = {asset for r in reactions for asset in makers[r["flow"]]}
    flows = ", ".join(sorted(r["flow"] for r in reactions))
    told = f"{flows} on the making of {', '.join(sorted(watched))}" if reactions else ""
    return told, sorted(set(deps) - watched - within)
