"""What a task declares: its assets, its checks, its retries."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from ..asset_keys import plain_key


@dataclass(frozen=True)
class Output:
    """One asset that a task makes, as the task declares it."""

    key: str
    deps: frozenset[str]
    group: str


def outputs_of(task: Any) -> list[Output]:
    """What a task declares to make: a dbt graph's assets, or the task's own."""
    graph = getattr(task, "dbt_graph", None)
    group = next((t.partition(":")[2] for t in sorted(task.tags) if t.startswith("group:")), "default")
    if graph is not None:
        graph = graph() if callable(graph) else graph
        return [
            Output(plain_key(a.key), frozenset(map(plain_key, a.deps)), a.group or group)
            for a in graph.assets
        ]
    deps = frozenset(plain_key(d) for d in getattr(task, "asset_deps", None) or ())
    own, groups = getattr(task, "deps_of", None) or {}, getattr(task, "group_of", None) or {}
    group_of = {plain_key(k): v for k, v in dict(groups).items()}
    per_asset = {plain_key(k): frozenset(map(plain_key, v)) for k, v in dict(own).items()}
    keys = [plain_key(a) for a in getattr(task, "assets", None) or ()]
    return [Output(k, per_asset.get(k, deps), group_of.get(k, group)) for k in keys]


def checks_of(task: Any) -> dict[tuple[str, str], bool]:
    """(asset, check) → blocking, of the checks a task evaluates."""
    specs = list(getattr(task, "checks", None) or ())
    graph = getattr(task, "dbt_graph", None)
    specs += list((graph() if callable(graph) else graph).checks) if graph is not None else []
    return {(plain_key(s.asset), s.name): bool(s.blocking) for s in specs}


def checks(tasks: list[Any]) -> list[dict[str, Any]]:
    """All checks of all tasks."""
    found = {k: b for task in tasks for k, b in checks_of(task).items()}
    return [{"asset": a, "name": n, "blocking": b} for (a, n), b in sorted(found.items())]


def owners(task: Any, key: str) -> list[str]:
    """Who owns an asset, by its properties."""
    graph = getattr(task, "dbt_graph", None)
    graph = graph() if callable(graph) else graph
    made = list(graph.assets) if graph is not None else list(getattr(task, "assets", None) or ())
    own = [a for a in made if plain_key(a) == key or plain_key(getattr(a, "key", a)) == key]
    held = [getattr(a, "properties", None) or a for a in own]
    return sorted({str(o) for h in held for o in getattr(h, "owners", None) or ()})


def retries(task: Any) -> dict[str, Any] | None:
    """How often and after how many seconds a task is tried again, jitter apart."""
    if not task.retries:
        return None
    delay = task.retry_delay_seconds
    planned = [float(d) for d in list.__iter__(delay)] if isinstance(delay, list) else [float(delay or 0)]
    delays = [planned[min(n, len(planned) - 1)] for n in range(task.retries)]
    return {
        "max": task.retries,
        "delay": delays[0] if delays else 0.0,
        "backoff": None,
        "jitter": jitter(delay, planned, task.retry_jitter_factor),
        "delays": delays,
    }


def jitter(delay: Any, planned: list[float], factor: float | None) -> str | None:
    """Which of Dagster's jitters the delays show when they are drawn, or Prefect's own factor."""
    if factor:
        return f"PREFECT({factor})"
    if not isinstance(delay, list) or type(delay) is list:
        return None
    random.seed(0)
    drawn = [(delay[n], p) for n, p in enumerate(planned) for _ in range(200)]
    if all(d == p for d, p in drawn):
        return None
    return "FULL" if all(d <= p for d, p in drawn) else "PLUS_MINUS"
