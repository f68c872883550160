"""Follows the legacy's schedule: at every tick a dual run of what it asks for, a comparison, one record.

One process a migration, held by a lock that dies with it; everything it needs to go on after a restart is
in the ledger. Dual run and comparison are `migrate` commands of their own: a tick that crashes is a record.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import psutil

from migrate.errors import ConfigError, SideError
from migrate.workspace import Workspace
from shims.ledger import Ledger
from shims.shadow_ledger import TICK, Tick, code_now, read_ticks
from shims.shadow_ticks import MOST_TICKS, Due, ticks_between

if TYPE_CHECKING:
    from migrate.config import Migration

LOOK_SECONDS = 30.0
"""How long to sleep at most: a clock that is set must not be slept through."""
ASKED_FOR = 10
"""How often a lock is tried: another process may hold it for the moment in which it asks who runs."""
MIGRATE = (sys.executable, "-c", "from migrate.cli import main; main()")
OUTCOMES = {0: "green", 1: "red"}


@dataclass(frozen=True)
class Wanted:
    """What `migrate shadow start` was asked: `ticks` to end after so many, `now` for one at once.

    `apart`: each tick is a dual run of its own, from empty databases; neither scheduler runs.
    """

    schedule: str
    ticks: int | None = None
    now: bool = False
    api_url: str = ""
    apart: bool = False


def follow(migration: Migration, wanted: Wanted, say: Callable[[str], object]) -> list[Tick]:
    """Follow the schedule until told to stop; the ticks that were run.

    Raises:
        ConfigError: another process follows it already.
        SideError: the legacy does not say when its schedule ticks.
    """
    state = Workspace.of(migration)
    state.state.mkdir(parents=True, exist_ok=True)
    done: list[Tick] = []
    with only_one(migration), Ledger(state.shadow) as ledger:
        if wanted.now:
            moment = dt.datetime.now(dt.UTC)
            plan = ticks_between(migration, wanted.schedule, moment, moment)
            return [run_tick(migration, wanted, ledger, Due(moment, plan[-1].asked, plan[-1].schedule), say)]
        after = last_due(migration) or dt.datetime.now(dt.UTC)
        while wanted.ticks is None or len(done) < wanted.ticks:
            due = next_due(migration, wanted, ledger, after, say)
            say(f"next tick of {due.schedule}: {due.at.isoformat()}")
            wait_until(due.at)
            done.append(run_tick(migration, wanted, ledger, due, say))
            after = due.at
    return done


def next_due(
    migration: Migration, wanted: Wanted, ledger: Ledger, after: dt.datetime, say: Callable[[str], object]
) -> Due:
    """The next tick that is not over yet; those that are over are recorded as missed, not run."""
    found = ticks_between(migration, wanted.schedule, after, dt.datetime.now(dt.UTC))
    over = len(found) == MOST_TICKS  # so many that the last of them is over, too
    for due in found if over else found[:-1]:
        reason = "nothing was running when it was due, or the tick before still ran"
        ledger.add(TICK, due=due.at.isoformat(), schedule=due.schedule, outcome="missed", reason=reason)
        say(f"{due.at.isoformat()} missed")
    return next_due(migration, wanted, ledger, found[-1].at, say) if over else found[-1]


def last_due(migration: Migration) -> dt.datetime | None:
    """When the last tick of the ledger was due."""
    ticks = read_ticks(Workspace.of(migration).shadow)
    return dt.datetime.fromisoformat(ticks[-1].due) if ticks else None


def wait_until(moment: dt.datetime) -> None:
    """Sleep until then, in short pieces."""
    while (left := (moment - dt.datetime.now(dt.UTC)).total_seconds()) > 0:
        time.sleep(min(left, LOOK_SECONDS))


# ---- one tick ----------------------------------------------------------------------------------


def run_tick(
    migration: Migration, wanted: Wanted, ledger: Ledger, due: Due, say: Callable[[str], object]
) -> Tick:
    """Run what a tick asks for, compare, record."""
    facts: dict[str, Any] = {"due": due.at.isoformat(), "schedule": due.schedule, "code": code_now(migration)}
    if isinstance(due.asked, str):
        facts.update(outcome="skipped", reason=due.asked)
    else:
        try:
            facts.update(dual_run(migration, years_of(migration, due), wanted.api_url))
        except (SideError, ConfigError) as problem:
            facts.update(outcome="cannot_say", reason=str(problem))
    ledger.add(TICK, **facts)
    say(f"{facts['due']} {facts['outcome']} {facts.get('reason', '')}".rstrip())
    kept = ("due", "outcome", "schedule", "run", "reason")
    return Tick(at="", code=facts["code"], **{key: str(facts.get(key, "")) for key in kept})


def years_of(migration: Migration, due: Due) -> str:
    """The years of the partitions a tick asks for, as `migrate dual-run --years` reads them.

    Raises:
        ConfigError: a partition is of no year, as `legacy.partition` spells them.
    """
    spelled = re.escape(migration.legacy.partition).replace(re.escape("{year}"), r"(\d{4})")
    found = []
    for run in due.asked:
        key = str(run.get("partition") or "")
        match = re.fullmatch(spelled, key)
        if match is None or not match.groups():
            raise ConfigError(
                f"schedule {due.schedule} asks for the partition '{key}', which is of no year",
                file=migration.file,
                remedy="`legacy.partition` says how a year is spelled; [shadow] schedule names another one.",
            )
        found.append(migration.shadow.years.replace("{year}", match[1]))
    return ",".join(dict.fromkeys(found))


def dual_run(migration: Migration, years: str, api_url: str) -> dict[str, Any]:
    """One dual run and one comparison, each a process of its own: outcome, run, reason."""
    server = ["--prefect-api-url", api_url] if api_url else []
    done = migrate(migration, "dual-run", "--years", years, "--json", *server)
    try:
        answer = json.loads(done.stdout)
        record = Path(answer["run"])
    except (ValueError, KeyError, TypeError):
        return {"outcome": "cannot_say", "reason": last_line(done.stderr), "years": years}
    facts: dict[str, Any] = {"run": record.parent.name, "years": years}
    if done.returncode:
        sides = {name: side["reason"] or side["status"] for name, side in answer["sides"].items()}
        reason = "; ".join(f"{name}: {why}" for name, why in sides.items() if why != "succeeded")
        return {**facts, "outcome": OUTCOMES.get(done.returncode, "cannot_say"), "reason": reason}
    sides = json.loads(record.read_text(encoding="utf-8"))["sides"]
    both = [record.parent / sides[name]["database"] for name in ("dagster", "prefect")]
    return {**facts, **compare(migration, both, record.parent / "parity.json")}


def compare(migration: Migration, both: Sequence[Path], report: Path) -> dict[str, Any]:
    """One comparison of two databases, a process of its own: outcome, reason."""
    compared = migrate(migration, "parity", *map(str, both), "--json", str(report))
    outcome = OUTCOMES.get(compared.returncode, "cannot_say")
    reason = "" if outcome == "green" else differing(report) or last_line(compared.stderr)
    return {"outcome": outcome, "reason": reason}


def differing(report: Path) -> str:
    """The tables that are not equal."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        tables = json.loads(report.read_text(encoding="utf-8"))["tables"]
        return ", ".join(f"{t['name']} {t['verdict']}" for t in tables if t["verdict"] != "equal")[:500]
    return ""


def migrate(migration: Migration, *words: str) -> subprocess.CompletedProcess[str]:
    """One `migrate` command with this migration's settings; ended with everything below it when we are."""
    command = [*MIGRATE, *words, "--config", str(migration.file)]
    process = subprocess.Popen(
        command, cwd=migration.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        out, err = process.communicate()
    except BaseException:
        process.send_signal(signal.SIGTERM)  # a dual run ends both sides and its server, then itself
        process.wait(60)
        raise
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def last_line(text: str) -> str:
    """The last lines of what a command said, on one line."""
    return " | ".join(line.strip() for line in text.strip().splitlines()[-4:])[:500]


# ---- one process a migration ---------------------------------------------------------------------


def pid_file(migration: Migration) -> Path:
    """Holds the process that follows, and the lock it holds while it lives."""
    return Workspace.of(migration).state / "shadow.pid"


@contextlib.contextmanager
def only_one(migration: Migration) -> Iterator[None]:
    """Hold the lock; raises ConfigError while another process does. SIGTERM then ends like Ctrl-C."""
    file = pid_file(migration)
    with file.open("a+", encoding="utf-8") as stream:
        if not locked(stream, ASKED_FOR):
            raise ConfigError(
                "a shadow of this migration is running already",
                file=file,
                remedy="`migrate shadow stop` ends it.",
            )
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, before)
            stream.truncate(0)


def running(migration: Migration) -> psutil.Process | None:
    """The process that follows the schedule, if one does."""
    file = pid_file(migration)
    if not file.is_file():
        return None
    with file.open("a+", encoding="utf-8") as stream:
        if not locked(stream):
            with contextlib.suppress(psutil.Error, ValueError):
                return psutil.Process(int(file.read_text(encoding="utf-8")))
    return None


def locked(stream: TextIO, times: int = 1) -> bool:
    """Take the lock, if no other process holds it; who only asks whether one does holds it a moment, too."""
    for _ in range(times):
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(0.1 if times > 1 else 0)
        else:
            return True
    return False


def stop(migration: Migration) -> bool:
    """End it and wait for its end; False when none was running."""
    process = running(migration)
    if process is None:
        return False
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(signal.SIGTERM)
        process.wait(90)
    return True


def detach(migration: Migration, wanted: Wanted) -> int:
    """Start the same in the background; its process id. Its log is `shadow.log` in the state folder."""
    if running(migration):
        raise ConfigError("a shadow of this migration is running already", file=pid_file(migration))
    state = Workspace.of(migration).state
    state.mkdir(parents=True, exist_ok=True)
    words = ["--schedule", wanted.schedule] if wanted.schedule else []
    words += ["--ticks", str(wanted.ticks)] if wanted.ticks else []
    words += ["--now"] if wanted.now else []
    words += ["--apart"] if wanted.apart else []
    words += ["--prefect-api-url", wanted.api_url] if wanted.api_url else []
    with (state / "shadow.log").open("ab") as log:
        process = subprocess.Popen(
            [*MIGRATE, "shadow", "start", "--config", str(migration.file), *words],
            cwd=migration.root,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while process.poll() is None and not running(migration):
        time.sleep(0.2)  # until it can be stopped and cannot be started twice
    if process.returncode:
        raise SideError("the shadow ended at once", file=state / "shadow.log", remedy="Its log says why.")
    return process.pid
