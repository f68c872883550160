"""When the legacy's schedule ticks, and what it asks for: said by Dagster itself, in its own interpreter."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from shims.bridge_process import BridgeRun, Legacy, never
from shims.run_plan import interpreter
from shims.side_environment import expand

if TYPE_CHECKING:
    from migrate.config import Migration

MOST_TICKS = 1000
"""Missed ticks that are looked at; what lies further back is not recorded one by one."""


@dataclass(frozen=True)
class Due:
    """One tick: when (UTC), and the runs it asks for; a text instead says why it asks for none."""

    at: dt.datetime
    asked: Any
    schedule: str = ""


def ticks_between(migration: Migration, schedule: str, after: dt.datetime, until: dt.datetime) -> list[Due]:
    """The ticks after one moment and up to another, and the one after that: at least one.

    Raises:
        SideError: the legacy does not load, has no such schedule, or it never ticks again.
    """
    name = schedule or only_schedule(migration)
    request = {"schedule": name, "after": after.timestamp(), "until": until.timestamp(), "most": MOST_TICKS}
    with (
        tempfile.TemporaryDirectory(prefix="ticks-") as folder,
        BridgeRun(legacy_of(migration, folder), request) as run,
    ):
        run.start({})
        events = list(run.events(never))
    told = next((event for event in events if event["event"] == "ticks"), None)
    if told is None:
        error = next((e["message"] for e in events if e["event"] == "error"), run.last_words)
        raise SideError(f"the legacy does not say when {name} ticks: {error}", file=migration.file)
    found = [Due(dt.datetime.fromisoformat(t["at"]), t["runs"], name) for t in told["ticks"]]
    if not found:
        raise SideError(f"schedule {name} never ticks again", file=migration.file)
    return found


def only_schedule(migration: Migration) -> str:
    """The legacy's only schedule, as `migrate verify` read it; raises SideError when it is not one."""
    from migrate.workspace import Workspace, read_json

    names = [s["name"] for s in read_json(Workspace.of(migration).graph).get("schedules", [])]
    if len(names) != 1:
        raise SideError(
            f"the legacy has {len(names)} schedules ({', '.join(names) or 'none'})",
            file=migration.file,
            remedy='Name the one to follow: [shadow] schedule = "…".',
        )
    return str(names[0])


def legacy_of(migration: Migration, folder: str) -> Legacy:
    """The legacy as it lies there, with the `[environment]` of migration.toml: only schedules are asked."""
    values = {"work": str(migration.root), "side": folder, "python": ""}
    variables = expand(dict(migration.environment), values)
    settings = migration.legacy
    python = interpreter(settings.python, migration.root)
    root = migration.root / settings.root
    return Legacy(root, settings.module, settings.attribute, python, Path(folder, "dagster"), variables)
