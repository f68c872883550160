"""The machine: ports, locks, disk."""

from __future__ import annotations

import ast
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from migrate.workspace import Workspace
from shims import freeze
from shims.prechecks import LOCK_NAME, SPACE_MARGIN, port_is_free
from shims.preflight.finding import Finding
from shims.run_plan import frozen_names

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.preflight.sources import Source
    from shims.run_plan import RunPlan

DATABASES = (".duckdb", ".db", ".ddb")


def findings(plan: RunPlan, sources: list[Source]) -> Iterator[Finding]:
    """Ports that the code takes, locks that are held, space that is missing."""
    yield from _ports(sources)
    yield from _locks(plan.migration)
    yield from _disk(plan)


def _ports(sources: list[Source]) -> Iterator[Finding]:
    for source in sources:
        for call, name in source.calls():
            for keyword in call.keywords:
                value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
                if keyword.arg == "port" and isinstance(value, int) and 0 < value < 65536:
                    taken = "" if port_is_free(value) else ", and it is taken now"
                    yield Finding(
                        "port",
                        "problem" if taken else "warning",
                        f"{name}(…) names port {value}, which only one side can listen on{taken}",
                        "Take the port from the environment; port 0 is any free one.",
                        source.side,
                        source.name,
                        call.lineno,
                    )


def _locks(migration: Migration) -> Iterator[Finding]:
    lock = Workspace.of(migration).state / LOCK_NAME
    if lock.exists() and _held(lock, flock=True):
        holder = lock.read_text(encoding="utf-8").strip()
        yield Finding(
            "lock", "problem", f"a run is going on here ({holder})", "Wait for it or stop it.", file=str(lock)
        )
    for path in sorted(_databases(migration)):
        if _held(path):
            who = ", ".join(_holders(path)) or "another user's process"
            yield Finding(
                "lock",
                "problem",
                f"{path.name} is held by {who}: DuckDB lets no second process in, and a copy could be torn",
                "Close it (a notebook, a shell, a dashboard) before the run.",
                file=_relative(path, migration.root),
            )


def _databases(migration: Migration) -> set[Path]:
    """Database files among the inputs, and those that [environment] names outright."""
    found = {Path(v) for v in migration.environment.values() if "{" not in v and v.endswith(DATABASES)}
    for name in (migration.legacy.root, *migration.input.freeze):
        if (migration.root / name).exists():
            found |= {p for p, _ in freeze.frozen_files(migration.root, [name]) if p.suffix in DATABASES}
    return {migration.root / path for path in found if (migration.root / path).is_file()}


def _held(path: Path, flock: bool = False) -> bool:
    """Whether a process holds the file for writing."""
    try:
        with path.open("rb") as stream:
            lock = fcntl.flock if flock else fcntl.lockf
            lock(stream.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
            lock(stream.fileno(), fcntl.LOCK_UN)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _holders(path: Path) -> Iterator[str]:
    for process in psutil.process_iter(["pid", "name"]):
        with suppress(psutil.Error):
            if any(file.path == str(path) for file in process.open_files()):
                yield f"process {process.pid} ({process.name()})"


def _disk(plan: RunPlan) -> Iterator[Finding]:
    migration = plan.migration
    names = [n for n in migration.input.freeze if (migration.root / n).exists()]
    needed = SPACE_MARGIN + _last_outputs(migration)
    for side in plan.sides:
        if (migration.root / side.root).exists():
            chosen = [n for n in frozen_names(migration, side.root) if n == side.root or n in names]
            needed += freeze.size(migration.root, chosen)
    place = migration.root / migration.state
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    if free < needed:
        cause = f"a dual run needs some {needed / 1e6:,.0f} MB, {free / 1e6:,.0f} MB are free"
        remedy = "Free some space (`migrate dual-run --prune`), or let `state` name a folder on another disk."
        yield Finding("disk", "problem", cause, remedy, file=str(place))


def _last_outputs(migration: Migration) -> int:
    """What the newest run's sides wrote, twice over: `keep_years` copies it. 0 when there was none."""
    for run in sorted(Workspace.of(migration).runs.glob("*/run.json"), reverse=True):
        outs = [p for side in ("dagster", "prefect") for p in (run.parent / side / "out").rglob("*")]
        return 2 * sum(p.stat().st_size for p in outs if p.is_file())
    return 0


def _relative(path: Path, root: Path) -> str:
    return os.path.relpath(path, root) if path.is_relative_to(root) else str(path)
