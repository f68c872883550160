"""`make soak`: dual runs of the tiny project in a row, half of them killed at a random moment (seeded).

After each of them nothing may be left: no process, port, lock or temporary folder. A killed run is resumed
now and then. Exit code 1 when anything was left. usage: soak.py [--runs 20] [--seed 1]
"""

from __future__ import annotations

import argparse
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

    @property
    def text(self) -> str:
        hurt = f"{self.kill} after {self.seconds:.1f} s" if self.kill else "unhurt"
        left = ", ".join(self.left) or "nothing"
        return f"{self.number:>3}  {self.words:22} {hurt:34} exit {self.exit:>4}  left: {left}"


def soak(folder: Path, runs: int, seed: int, api: str = "", most_seconds: float = 45.0) -> Iterator[Turn]:
    """Run `runs` dual runs in a copy of the tiny project below `folder`.

    Args:
        folder: an empty folder.
        runs: how many; half of them, chosen by the seed, are hurt.
        seed: of the random numbers.
        api: a Prefect API for the unhurt ones; empty: each starts a server of its own.
        most_seconds: the latest moment of a kill.
    """
    dice = random.Random(seed)
    root, scratch = folder / "tiny", folder / "scratch"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__", ".changeover"))
    scratch.mkdir()
    hurt = set(dice.sample(range(runs), runs // 2))
    for number in range(runs):
        unfinished = bool(_unfinished(root))
        words = ["--resume"] if unfinished and dice.random() < 0.5 else ["--years", "2025-2026"]
        kill, seconds = (
            ("", 0.0) if number not in hurt else (dice.choice(KILLS), dice.uniform(1.0, most_seconds))
        )
        more = ["--prefect-api-url", api] if api and not kill else []
        code = _run(root, scratch, [*words, *more], kill, seconds)
        yield Turn(number + 1, " ".join(words), kill, seconds, code, tuple(_left(root, scratch)))


def _run(root: Path, scratch: Path, words: list[str], kill: str, seconds: float) -> int:
    process = subprocess.Popen(
        [*MIGRATE, *words],
        cwd=root,
        env={**os.environ, "TMPDIR": str(scratch)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if kill:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _hurt(root, process.pid, kill)
    return process.wait(600)


def _hurt(root: Path, migrate: int, kill: str) -> None:
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
        return


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
    chosen, bad = parser.parse_args(), 0
    with tempfile.TemporaryDirectory(prefix="changeover-soak-") as folder:
        for turn in soak(Path(folder), chosen.runs, chosen.seed):
            print(turn.text, flush=True)
            bad += bool(turn.left)
    print(f"{chosen.runs} runs, {chosen.runs // 2} of them hurt, seed {chosen.seed}: {bad} left something")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
