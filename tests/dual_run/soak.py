"""`make soak`: dual runs of the tiny project in a row, half of them killed at a random moment (seeded).

After each of them nothing may be left: no process, port, lock or temporary folder. A killed run is resumed
now and then. Exit code 1 when anything was left, or a run that nobody hurt did not end well.
usage: soak.py [--runs 20] [--seed 1]
"""

from __future__ import annotations

import argparse
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from migrate.errors import ChangeoverError
from shims.ledger import read_ledger
from shims.prechecks import only_run, port_is_free
from shims.processes import stragglers

TINY = Path(__file__).parent / "projects" / "tiny"
MIGRATE = (sys.executable, "-c", "from migrate.cli import main; main()", "dual-run")
KILLS = (
    "SIGINT migrate",
    "SIGTERM migrate",
    "SIGKILL migrate",
    "SIGKILL side",
    "SIGKILL supervisor",
    "SIGKILL server",
)
GRACE_SECONDS = 30.0
"""What supervisors take to end stubborn trees after a kill (8 s kindly, then by force), and slack."""


@dataclass(frozen=True)
class Turn:
    """One dual run: what was killed and when (empty: nothing), how it ended, what it left."""

    number: int
    words: str
    kill: str
    seconds: float
    exit: int
    left: tuple[str, ...]
    hurt: bool

    @property
    def text(self) -> str:
        hurt = f"{self.kill} after {self.seconds:.1f} s" if self.kill else "unhurt"
        left = ", ".join(self.left) or "nothing"
        return f"{self.number:>3}  {self.words:22} {hurt:34} exit {self.exit:>4}  left: {left}"


def soak(
    folder: Path, runs: int, seed: int, api: str = "", most_seconds: float = 0.0, years: str = "2025-2026"
) -> Iterator[Turn]:
    """Run `runs` dual runs in a copy of the tiny project below `folder`.

    Args:
        folder: an empty folder.
        runs: how many; half of them, chosen by the seed, are hurt. A kill that comes too late, the run
            being over, is made up for by a later one.
        seed: of the random numbers.
        api: a Prefect API for the unhurt ones; empty: each starts a server of its own.
        years: of each run.
        most_seconds: the latest moment of a kill; 0: what the quickest unhurt run took (the first is one).
    """
    dice = random.Random(seed)
    root, scratch = folder / "tiny", folder / "scratch"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__", ".changeover"))
    scratch.mkdir()
    due, limit = runs // 2, most_seconds
    for number in range(runs):
        words = ["--resume"] if _unfinished(root) and dice.random() < 0.5 else ["--years", years]
        hurt = bool(limit) and dice.random() < due / (runs - number)
        kill, seconds = (dice.choice(KILLS), dice.uniform(1.0, limit)) if hurt else ("", 0.0)
        more = ["--prefect-api-url", api] if api and not kill else []
        begun = time.monotonic()
        code, struck = _run(root, scratch, [*words, *more], kill, seconds)
        if not kill and not most_seconds:
            limit = min(limit or math.inf, time.monotonic() - begun)
        due -= struck
        kill = kill if struck or not kill else f"{kill}, too late,"
        yield Turn(number + 1, " ".join(words), kill, seconds, code, tuple(_left(root, scratch)), struck)


def _run(root: Path, scratch: Path, words: list[str], kill: str, seconds: float) -> tuple[int, bool]:
    """One dual run: its exit code, and whether it was hurt before its end."""
    process = subprocess.Popen(
        [*MIGRATE, *words],
        cwd=root,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    struck = False
    if kill:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            struck = _hurt(root, process.pid, kill)
    return process.wait(600), struck


def _hurt(root: Path, migrate: int, kill: str) -> bool:
    """Send the signal to one process of the kind; none of that kind now: to `migrate` itself."""
    name, kind = kill.split()
    wanted = {"side": "_side.py", "supervisor": "supervise.py", "server": "prefect server start"}.get(kind)
    found = [p for p in stragglers(_newest(root)) if wanted and wanted in _line(p)]
    if kind != "supervisor":
        found = [p for p in found if "supervise.py" not in _line(p)]
    target = found[0] if found else psutil.Process(migrate)
    try:
        target.send_signal(signal.Signals[name])
    except psutil.Error:
        return False
    return True


def _line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def _newest(root: Path) -> str:
    runs = root / ".changeover" / "runs"
    return max((p.name for p in runs.glob("*")), default="none yet")


def _unfinished(root: Path) -> list[str]:
    found = (root / ".changeover" / "runs").glob("*/ledger.jsonl")
    return [p.parent.name for p in found if not (p.parent / "run.json").exists()]


def _left(root: Path, scratch: Path) -> Iterator[str]:
    """What a run that is over left behind, in words."""
    run_id, deadline = _newest(root), time.monotonic() + GRACE_SECONDS
    while (living := stragglers(run_id)) and time.monotonic() < deadline:
        time.sleep(0.2)
    yield from (f"process {p.pid} {_line(p)[:60]}" for p in living)
    ledger = root / ".changeover" / "runs" / run_id / "ledger.jsonl"
    for record in read_ledger(ledger) if ledger.exists() else ():
        if record.what == "server" and record.facts["own"]:
            port = int(record.facts["url"].split(":")[2].partition("/")[0])
            if not port_is_free(port):
                yield f"port {port}"
    try:
        with only_run(root / ".changeover", "soak"):
            pass
    except ChangeoverError as problem:
        yield f"lock: {problem.cause}"
    yield from (f"temporary {p.name}" for p in scratch.iterdir())


def main() -> int:
    """Run it, a line a run; 1 when anything was left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen, bad, hurt = parser.parse_args(), 0, 0
    with tempfile.TemporaryDirectory(prefix="changeover-soak-") as folder:
        for turn in soak(Path(folder), chosen.runs, chosen.seed):
            print(turn.text, flush=True)
            bad += bool(turn.left) or (not turn.hurt and turn.exit != 0)
            hurt += turn.hurt
    print(
        f"{chosen.runs} runs, {hurt} of them hurt, seed {chosen.seed}: {bad} left something or failed unhurt"
    )
    return 1 if bad or hurt < chosen.runs // 2 else 0


if __name__ == "__main__":
    sys.exit(main())
