"""What both sides of a dual run do alike: tell what happens, keep finished years, end with an exit code."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import resource
import shutil
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .events import Events
from .versions import installed
from .year import UTC

if TYPE_CHECKING:
    from collections.abc import Callable


class SideEvents(Events):
    """The events file of a side: every event says when it was."""

    def emit(self, event: str, *, at: float | None = None, **facts: Any) -> None:
        """Append one event. `at` is seconds since the epoch; now, when it is not given."""
        moment = dt.datetime.fromtimestamp(at or time.time(), UTC)
        super().emit(event, at=moment.isoformat(), **facts)


def side(
    request_file: str,
    distributions: tuple[str, ...],
    run_all: Callable[[dict[str, Any], SideEvents], bool],
) -> int:
    """Run the years of the request; 0 all succeeded, 1 one failed, 3 something else broke."""
    sys.path.insert(0, str(Path.cwd()))  # the project root, as `dagster -m` and `prefect deploy` do it
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    events = SideEvents(request["events"])
    found = installed(*distributions)
    events.emit("side_started", pid=os.getpid(), python=platform.python_version(), versions=found)
    try:
        ok = run_all(request, events)
    except Exception as problem:
        traceback.print_exc()
        events.emit("error", message=f"{type(problem).__name__}: {problem}"[:2000])
        return 3
    events.emit("side_finished", ok=ok)
    return 0 if ok else 1


def keep_year(request: dict[str, Any], year: int, events: SideEvents) -> None:
    """Copy what the years so far wrote, whole or not at all: a run killed later goes on from here."""
    if "keep" not in request or year == request["runs"][-1]["year"]:
        return
    source, kept = (Path(name) for name in request["keep"])
    started, part = time.monotonic(), kept / f"{year}.part"
    try:
        shutil.rmtree(str(part), ignore_errors=True)
        shutil.copytree(str(source), str(part), symlinks=True)
        part.rename(kept / str(year))
        for other in kept.iterdir():
            if other.name != str(year):
                shutil.rmtree(str(other))
    except OSError as problem:  # a full disk costs the way back, not the run
        events.emit("log", year=year, message=f"year {year} is not kept: {problem}")
        return
    events.emit("year_kept", year=year, seconds=round(time.monotonic() - started, 3))


def cpu_seconds() -> float:
    """CPU time of this process and of its finished children, in seconds."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
