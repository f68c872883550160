"""`migrate shadow start`: both schedulers for days; each tick of both is compared, one record of it kept.

What is needed to go on after a crash is in the ledger and in the folder of the last green tick: a new start
gives both orchestrators new homes, so that neither makes up for ticks that were due meanwhile (Dagster's
daemon and Prefect's runner both would), and both sides' databases as they were when they last agreed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import SideError
from migrate.workspace import Workspace
from shims import schedulers
from shims.ledger import Ledger
from shims.run_plan import DAGSTER, PREFECT
from shims.shadow_ledger import TICK, Tick, code_now
from shims.shadow_ticks import only_schedule
from shims.shadow_verdict import dagster_side, decide, prefect_side

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.schedulers import Stage
    from shims.shadow import Wanted

PAUSE_SECONDS = 0.5
LOOK_SECONDS = 20.0
"""How often code and inputs are looked at while nothing runs."""
LEAD_SECONDS = 25.0
"""Between the start of both schedulers and the first tick that counts: Prefect's looks every 5 s."""
EARLY_SECONDS = 5
"""How long before its tick a run may have written: Prefect's runner begins a little early."""
KEPT_TICKS = 5
"""Red ticks and old starts whose folders are kept."""


@dataclass
class Day:
    """What goes on between ticks: those that are due and undecided, and when code was last looked at."""

    migration: Migration
    wanted: Wanted
    ledger: Ledger
    say: Callable[[str], object]
    done: list[Tick] = field(default_factory=list)
    due: set[int] = field(default_factory=set)
    over: int = 0
    """The newest tick that is decided, or was due before both schedulers had begun."""
    looked: float = 0.0

    @property
    def schedule(self) -> str:
        """The schedule that is followed."""
        return self.wanted.schedule or only_schedule(self.migration)

    @property
    def enough(self) -> bool:
        """Whether as many ticks are decided as were asked for."""
        return self.wanted.ticks is not None and len(self.done) >= self.wanted.ticks


def follow(migration: Migration, wanted: Wanted, say: Callable[[str], object]) -> list[Tick]:
    """Keep both schedulers running until told to stop; the ticks that were decided.

    Raises:
        ConfigError: another process follows already.
        SideError: a scheduler could not begin, or ended by itself.
    """
    from shims.shadow import only_one

    state = Workspace.of(migration)
    state.state.mkdir(parents=True, exist_ok=True)
    with only_one(migration), Ledger(state.shadow) as ledger:
        day = Day(migration, wanted, ledger, say)
        while not day.enough:
            restarted(day)
    return day.done


def restarted(day: Day) -> None:
    """One start; a scheduler that ends by itself later on costs a tick, not the days that follow.

    Raises:
        SideError: it ended before a tick was decided, or could not begin.
    """
    before = len(day.done)
    try:
        one_start(day)
    except SideError as problem:
        if len(day.done) == before:
            raise
        reason = f"the shadow had to start anew: {problem.cause}"
        day.say(reason)
        for moment in sorted(moment for moment in day.due if moment <= time.time()):
            about: dict[str, Any] = {"due": iso(moment), "schedule": day.schedule}
            day.ledger.add(TICK, **about, outcome="cannot_say", reason=reason)


def one_start(day: Day) -> None:
    """Both schedulers from their start until enough ticks are decided, or the code changed."""
    with schedulers.staged(day.migration, day.schedule, day.wanted.api_url, time.sleep) as stage:
        begin(day, stage)
        while not day.enough:
            time.sleep(PAUSE_SECONDS)
            stage.poll()
            now = time.time()
            day.due |= {int(moment) for moment in stage.next if day.over < moment}
            for moment in sorted(moment for moment in day.due if moment <= now):
                look_at(day, stage, moment)
            if now - day.looked > LOOK_SECONDS and idle(day, stage, now):
                day.looked = now
                if code_now(day.migration) != stage.code:
                    day.say("the code has changed: both schedulers start anew with it")
                    return
                stage.refresh()
    tidy(day.migration)


def begin(day: Day, stage: Stage) -> None:
    """Note what was missed, and let both begin at a moment that leaves them time until the next tick."""
    from shims.shadow import last_due, next_due

    if after := last_due(day.migration):
        next_due(day.migration, day.wanted, day.ledger, after, day.say)
    while (left := stage.next[0] - time.time()) < LEAD_SECONDS and len(stage.next) > 1:
        time.sleep(max(left, 0) + PAUSE_SECONDS)
        moment = int(stage.schedulers[DAGSTER].next.pop(0))
        if after:
            missed(day, moment)
    first = stage.next[0]
    (stage.folder / "go").touch()
    schedulers.wait_for(stage, lambda one: one.begun or one.side.name == PREFECT, time.sleep)
    day.over, day.due, day.looked = int(first) - 1, set(), time.time()
    page = stage.server.page if stage.server else day.wanted.api_url
    day.say(
        f"both schedulers run; Prefect: {page}; Dagster: DAGSTER_HOME={stage.folder}/dagster/home/dagster"
    )
    day.say(f"next tick of {day.schedule}: {iso(int(first))}")


def missed(day: Day, moment: int) -> None:
    """Note a tick that came while both schedulers were being started, once."""
    from shims.shadow import last_due

    newest = last_due(day.migration)
    if newest is None or newest.timestamp() < moment:
        about = {"due": iso(moment), "schedule": day.schedule, "outcome": "missed"}
        day.ledger.add(TICK, **about, reason="both schedulers were being started")


def idle(day: Day, stage: Stage, now: float) -> bool:
    """Whether nothing runs, nothing is undecided, and no tick comes before copies could be made."""
    soon = stage.next and stage.next[0] - now < PAUSE_SECONDS * 4
    return not (stage.busy or soon or any(moment <= now for moment in day.due))


def look_at(day: Day, stage: Stage, moment: int) -> None:
    """Decide a tick that is due, if both sides are through with it or have had their time."""
    told = {name: one.ticks.get(moment) for name, one in stage.schedulers.items()}
    sides = {DAGSTER: dagster_side(told[DAGSTER]), PREFECT: prefect_side(told[PREFECT])}
    written = {side.name: written_since(side.paths.out, moment - EARLY_SECONDS) for side in stage.plan.sides}
    outcome, reason = decide(sides[DAGSTER], sides[PREFECT], written=written[PREFECT])
    facts: dict[str, Any] = {}
    if not outcome:
        limit = day.migration.shadow.time_limit_seconds
        if time.time() - moment < limit:
            return
        words = [
            f"{name}: {side.reason}" for name, side in sides.items() if side.state in ("none", "waiting")
        ]
        outcome, reason = "cannot_say", f"after {limit:g} s: " + "; ".join(words)
    elif outcome == "compare":
        if stage.busy:
            return  # the next tick runs already: neither database can be read
        facts = compared(day, stage, moment, written)
    facts = {"outcome": outcome, "reason": reason, **facts}
    runs = {name: sorted((tick or {}).get("runs", {})) for name, tick in told.items()}
    runs[PREFECT].append((told[PREFECT] or {}).get("id", ""))
    record(day, stage, moment, facts, runs)


def compared(day: Day, stage: Stage, moment: int, written: dict[str, bool]) -> dict[str, Any]:
    """Copy both databases and compare them: outcome, reason, and where they are."""
    from shims.shadow import compare

    silent = [name for name, wrote in written.items() if not wrote]
    if silent:
        return {"outcome": "cannot_say", "reason": f"{' and '.join(silent)} succeeded and wrote nothing"}
    folder = ticks_folder(day.migration) / f"{dt.datetime.fromtimestamp(moment, dt.UTC):%Y%m%dT%H%M%SZ}"
    if not schedulers.copied(stage, folder):
        return {"outcome": "cannot_say", "reason": "a database was written to while it was copied"}
    both = [folder / s.name / s.database.relative_to(s.paths.out) for s in stage.plan.sides]
    facts = compare(day.migration, both, folder / "parity.json")
    if facts["outcome"] == "green":
        (folder / "green").touch()
    return {**facts, "run": f"shadow/ticks/{folder.name}"}


def record(day: Day, stage: Stage, moment: int, facts: dict[str, Any], runs: dict[str, list[str]]) -> None:
    """One line of the ledger; of the code and inputs that the tick ran on."""
    day.due.discard(moment)
    day.over = max(day.over, moment)
    about: dict[str, Any] = {"due": iso(moment), "schedule": day.schedule, "code": dict(stage.code)}
    day.ledger.add(TICK, **about, **facts, inputs=stage.inputs, start=stage.plan.run_id, runs=runs)
    kept = ("outcome", "reason", "run")
    found = {key: str(facts.get(key, "")) for key in kept}
    day.done.append(Tick(at="", due=iso(moment), schedule=day.schedule, code=dict(stage.code), **found))
    day.say(f"{iso(moment)} {facts['outcome']} {facts.get('reason', '')}".rstrip())
    tidy(day.migration)


def written_since(folder: Path, moment: int) -> bool:
    """Whether any file below a folder was written at or after a moment."""
    return any(
        Path(where, name).stat().st_mtime >= moment for where, _, names in os.walk(folder) for name in names
    )


def ticks_folder(migration: Migration) -> Path:
    """Where compared databases are: one folder a tick."""
    return Workspace.of(migration).state / "shadow" / "ticks"


def tidy(migration: Migration) -> None:
    """Remove old databases: of green ticks all but the newest, of others and of starts all but a few."""
    folders = sorted(ticks_folder(migration).glob("*"), reverse=True)
    green = [folder for folder in folders if (folder / "green").exists()]
    other = [folder for folder in folders if folder not in green]
    starts = sorted(ticks_folder(migration).parent.glob("shadow-*"), reverse=True)
    for folder in (*green[1:], *other[KEPT_TICKS:], *starts[KEPT_TICKS:]):
        with contextlib.suppress(OSError):  # what cannot be removed now is removed the next time
            schedulers.remove(folder)


def iso(moment: int) -> str:
    """A moment in seconds since the epoch as ISO 8601, UTC."""
    return dt.datetime.fromtimestamp(moment, dt.UTC).isoformat()
