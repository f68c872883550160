"""What runs, and when: jobs, their steps and configuration, schedules, sensors and resources of two dumps."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrate.difference import (
    NORMALISED,
    Difference,
    Dump,
    by_name,
    partition_sides,
    plain_name,
    retry_text,
    unlimited,
    word,
)

MOST_CLOCK_CHANGES = 4
"""Days (UTC) of a year that a change of the clock can touch: two changes, each over midnight."""

STORE = "io_manager."
SHOWN_MOMENTS = 3

# ---- jobs ------------------------------------------------------------------------------------


LOOSE = re.compile(r"(materialize_all|eager_assets|on_cron_\w+?)(_\d+)?")
"""What the converter calls the flows over assets that no job selects (`migrate/implicit.py`)."""


CHOSEN = re.compile(r"(\w+?)_assets(?:_\d+)?")
"""What the converter calls flows over assets that requests choose (`migrate/rewriting/asked_assets.py`)."""


def jobs(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """Jobs of one side only; and of both: what they select, their steps, partitions and defaults."""
    left, right = by_name(dagster["jobs"]), by_name(prefect["jobs"])
    for name in sorted(left.keys() | right.keys()):
        mine, theirs = left.get(name), right.get(name)
        if mine is not None and theirs is not None:
            yield from _job(name, mine, theirs)
        elif mine is not None or (theirs and not theirs.get("nested") and not is_trigger(theirs, prefect)):
            why = NORMALISED["no job"] if theirs and _is_for_loose_assets(theirs, dagster) else ""
            why = NORMALISED["chosen"] if theirs and _is_chosen(theirs, dagster) else why
            yield Difference("job", name, mine and mine["kind"], theirs and theirs["kind"], why)


def _is_for_loose_assets(flow: Dump, dagster: Dump) -> bool:
    """Whether a flow is one of those that run what no job of Dagster's selects."""
    made = {a["key"] for a in dagster["assets"] if not a["source"]}
    selected = {key for job in dagster["jobs"] for key in job["assets"]}
    loose = set(flow["assets"]) <= made and set(flow["assets"]) - selected
    return bool(loose and LOOSE.fullmatch(plain_name(flow["name"])))


def _is_chosen(flow: Dump, dagster: Dump) -> bool:
    """Whether a flow is one over the assets that a sensor's or schedule's requests choose."""
    names = [plain_name(t["name"]) for part in ("sensors", "schedules") for t in dagster[part]]
    made = {a["key"] for a in dagster["assets"] if not a["source"]}
    found = CHOSEN.fullmatch(plain_name(flow["name"]))
    return found is not None and found.group(1) in names and set(flow["assets"]) <= made


def is_trigger(job: Dump, dump: Dump) -> bool:
    """Whether a flow is only what a schedule or sensor runs in order to start another one."""
    starts = [t for part in ("schedules", "sensors") for t in dump[part] if t.get("flow") == job["name"]]
    return any(plain_name(t["job"]) != plain_name(job["name"]) or t in dump["sensors"] for t in starts)


def _job(name: str, mine: Dump, theirs: Dump) -> Iterator[Difference]:
    if theirs.get("untraced"):
        problem = theirs["untraced"]
        place = f"{problem['file']}:{problem['line']}" if problem["file"] else "its own code"
        yield Difference("job", name, "loads", f"its body cannot be followed: {problem['cause']} ({place})")
    for part in ("assets", "checks"):
        for key in sorted(set(mine[part]) ^ set(theirs[part])):
            here = key in mine[part]
            yield Difference("job", f"{name}: {key}", word(here, "selected"), word(not here, "selected"))
    if mine["partitions"] != theirs["partitions"]:
        yield Difference(
            "partition", f"job {name}", *partition_sides(mine["partitions"], theirs["partitions"])
        )
    for key in sorted(mine["config"].keys() | theirs["config"].keys()):
        here, there = mine["config"].get(key, "(no such field)"), theirs["config"].get(key, "(no such field)")
        if here != there or isinstance(here, bool) != isinstance(there, bool):
            yield Difference("config", f"{name}: {key}", here, there)
    if mine.get("sequential") and not theirs.get("sequential"):
        yield Difference("job", f"{name}: executor", "one step at a time", "several tasks at a time")
    if mine["kind"] == "op":
        yield from _steps(name, mine, theirs)


def _steps(job: str, mine: Dump, theirs: Dump) -> Iterator[Difference]:
    left, right = by_name(mine["steps"]), by_name(theirs["steps"])
    for name in sorted(left.keys() | right.keys()):
        if name not in left or name not in right:
            sides = word(name in left, "runs"), word(name in right, "runs")
            yield Difference("job", f"{job}: step {name}", *sides)
            continue
        wanted, got = _names(left[name]["deps"]), _names(right[name]["deps"])
        for dep in sorted(wanted - got - _names(right[name].get("after", ()))):
            yield Difference("edge", f"{job}: {dep} -> {name}", "waits", None)
        for dep in sorted(got - wanted - _before(left, name)):
            yield Difference("edge", f"{job}: {dep} -> {name}", None, "waits")
        before, after = retry_text(left[name].get("retries")), retry_text(right[name].get("retries"))
        if before != after:
            yield Difference("retry", f"{job}: {name}", before, after)
        for pool in unlimited(left[name], right[name]):
            yield Difference("pool", f"{job}: {name}", pool, None)
        yield from _inputs(f"{job}: {name}", left[name], right[name])


def _inputs(step: str, mine: Dump, theirs: Dump) -> Iterator[Difference]:
    """Values that no other step gives: their names and defaults; what has none must come from outside."""
    there = theirs.get("inputs", {})
    for name, default in sorted(mine.get("inputs", {}).items()):
        found = there.get(name, "(no such input)")
        if found != default or isinstance(found, bool) != isinstance(default, bool):
            yield Difference("config", f"{step}: input {name}", default, found)


def _before(steps: Mapping[str, Dump], name: str) -> set[str]:
    """Every step that must have ended before this one starts (NORMALISED["order"])."""
    found, waiting = set[str](), [name]
    while waiting:
        new = _names(steps[waiting.pop()]["deps"]) - found
        found |= new
        waiting.extend(new & steps.keys())
    return found


# ---- schedules, sensors, resources -----------------------------------------------------------


def schedules(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """Name, job, status, configuration, cron, time zone and the moments of a simulated year."""
    left, right = by_name(dagster["schedules"]), by_name(prefect["schedules"])
    for name in sorted(left.keys() | right.keys()):
        mine, theirs = left.get(name), right.get(name)
        if mine is None or theirs is None:
            cron = theirs and LOOSE.fullmatch(name) and theirs["cron"]
            why = (
                NORMALISED["no job"]
                if cron and any(cron in str(a["automation"]) for a in dagster["assets"])
                else ""
            )
            yield Difference("schedule", name, mine and mine["cron"], theirs and theirs["cron"], why)
            continue
        yield from _started(name, mine, theirs, prefect)
        if mine["status"] != theirs["status"]:
            yield Difference("schedule", f"{name}: status", mine["status"], theirs["status"])
        yield from _moments(name, mine, theirs)
        yield from _requests(name, mine.get("requests") or {}, theirs.get("requests"))


def _moments(name: str, mine: Dump, theirs: Dump) -> Iterator[Difference]:
    """Cron text and time zone, and the moments that follow from them."""
    same = mine["ticks"]["sha256"] == theirs["ticks"]["sha256"]
    spelled_alike = True
    for part in ("cron", "timezone"):
        if " ".join(mine[part].split()) != " ".join(theirs[part].split()):
            spelled_alike = False
            why = NORMALISED["same moments"] if same else ""
            yield Difference("schedule", f"{name}: {part}", mine[part], theirs[part], why)
    if not same and mine["ticks"]["count"] + theirs["ticks"]["count"] > 0:
        left, right = mine["ticks"]["moments"], theirs["ticks"]["moments"]
        # One spelling, one time zone, other moments: then only the two libraries' reckoning differs.
        days = {moment[:10] for moment in set(left) ^ set(right)}
        why = NORMALISED["clock change"] if spelled_alike and len(days) <= MOST_CLOCK_CHANGES else ""
        yield Difference("schedule", f"{name}: ticks", _only(left, right), _only(right, left), why)


def _requests(name: str, mine: Dump, theirs: Dump | None) -> Iterator[Difference]:
    """Which partition and configuration is asked for at the moments that both sides tick."""
    asked = {m: runs for m, runs in mine.items() if not isinstance(runs, str)}
    if asked and theirs is None:
        yield Difference("schedule", f"{name}: requests", "told", "its flow cannot be asked what it starts")
        return
    apart = [m for m in sorted(asked.keys() & (theirs or {}).keys()) if asked[m] != (theirs or {})[m]]
    if apart:
        left, right = ({m: side[m] for m in apart[:SHOWN_MOMENTS]} for side in (asked, theirs or {}))
        stored = all(_unstored(asked[m]) == (theirs or {})[m] for m in apart)
        yield Difference(
            "schedule", f"{name}: requests", left, right, NORMALISED["in memory"] if stored else ""
        )


def _unstored(runs: Any) -> Any:
    """The runs without what they say of where values of ops are stored."""
    return [
        {**run, "config": {k: v for k, v in run["config"].items() if not k.startswith(STORE)}} for run in runs
    ]


def _only(here: list[str], there: list[str]) -> dict[str, Any]:
    only = sorted(set(here) - set(there))
    ends = {"first": min(here, default=None), "last": max(here, default=None)}
    return {"count": len(here), **ends, "only here": only[:5], "only here, in all": len(only)}


def _started(name: str, mine: Dump, theirs: Dump, prefect: Dump) -> Iterator[Difference]:
    """The job of a schedule; of one that Dagster made for it, the assets."""
    if "selects" not in mine:
        if plain_name(mine["job"]) != plain_name(theirs["job"]):
            yield Difference("schedule", f"{name}: job", mine["job"], theirs["job"])
        return
    flow = by_name(prefect["jobs"]).get(plain_name(theirs["job"]), {})
    if flow.get("assets") != mine["selects"]:
        both = (", ".join(assets or ()) for assets in (mine["selects"], flow.get("assets")))
        yield Difference("schedule", f"{name}: assets", *both)


def sensors(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """Name, job, status and interval."""
    left, right = by_name(dagster["sensors"]), by_name(prefect["sensors"])
    for name in sorted(left.keys() | right.keys()):
        mine, theirs = left.get(name), right.get(name)
        if mine is None or theirs is None:
            yield Difference("sensor", name, mine and "deployed", theirs and "deployed")
            continue
        wanted = [plain_name(job) for job in (mine["job"] or "").split(", ") if job]
        if wanted and plain_name(theirs["job"]) not in wanted:
            yield Difference("sensor", f"{name}: job", mine["job"], theirs["job"])
        for part in ("status", "interval"):
            if mine.get(part) is not None and mine[part] != theirs.get(part):
                why = NORMALISED["event"] if part == "interval" and theirs.get("event") else ""
                yield Difference("sensor", f"{name}: {part}", mine[part], theirs.get(part), why)


def resources(dagster: Dump, prefect: Dump) -> Iterator[Difference]:
    """Resources that Dagster provides by a name the target does not know."""
    for name in sorted(set(dagster["resources"]) - set(prefect["resources"])):
        yield Difference("resource", name, "provided", None)
    for name, fields in sorted(dagster.get("resource_fields", {}).items()):
        there = prefect.get("resource_fields", {}).get(name)
        for field, default in sorted(fields.items()) if there is not None else ():
            found = there.get(field, "(no such field)")
            if str(found) != str(default):
                yield Difference("resource", f"{name}.{field}: default", default, found)
    left, right = (_with_profiles(side.get("resource_values", {})) for side in (dagster, prefect))
    for name in sorted(left.keys() & right.keys()):
        # Library classes have fields that their counterpart does not need: only what both have is compared.
        for field in sorted(left[name].keys() & right[name].keys()):
            here, there = left[name][field], right[name][field]
            if _value(here) != _value(there):
                yield Difference("resource", f"{name}.{field}", here, there)


def _with_profiles(resources: Mapping[str, Dump]) -> dict[str, Dump]:
    """Resources whose missing profiles folder is the project's (NORMALISED["dbt profiles"])."""
    found: dict[str, Dump] = {}
    for name, values in resources.items():
        missing = "project_dir" in values and "profiles_dir" in values and values["profiles_dir"] is None
        found[name] = {**values, "profiles_dir": values["project_dir"]} if missing else values
    return found


def _value(value: Any) -> Any:
    """A resource's value as text, since environment variables are text; paths without detours."""
    return posixpath.normpath(value) if isinstance(value, str) and "/" in value else str(value)


def _names(names: Iterable[str]) -> set[str]:
    return {plain_name(name) for name in names}
