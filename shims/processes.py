"""A supervised command: started in a session of its own, measured, and ended with all its descendants."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

SUPERVISOR = Path(__file__).with_name("supervise.py")
MARK = "CHANGEOVER_RUN"
"""Environment variable that every process of a dual run carries: how stragglers are found."""
PART = "CHANGEOVER_PART"
"""The same for the processes of one command."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended. CPU time covers its whole tree; `exit` is negative for a signal."""

    exit: int
    cpu_seconds: float
    wall_seconds: float
    max_rss_bytes: int
    ended_by: str = ""

    def plus(self, later: Outcome) -> Outcome:
        """This one and a later one together: times add up, memory is the larger, the rest is the later's."""
        return Outcome(
            exit=later.exit,
            cpu_seconds=round(self.cpu_seconds + later.cpu_seconds, 3),
            wall_seconds=round(self.wall_seconds + later.wall_seconds, 3),
            max_rss_bytes=max(self.max_rss_bytes, later.max_rss_bytes),
            ended_by=later.ended_by,
        )


NOTHING = Outcome(exit=0, cpu_seconds=0.0, wall_seconds=0.0, max_rss_bytes=0)
"""How a command ended that was not needed."""


class Supervised:
    """One running command. `logs` gets `<name>.out.log` and `<name>.err.log`, which nobody parses.

    Args:
        command: program and arguments.
        environment: the whole environment; nothing is inherited.
        folder: the working directory.
        logs: an existing folder.
        name: names the log files.
    """

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str], folder: Path, logs: Path, name: str
    ) -> None:
        self.name = name
        self.out_log, self.err_log = logs / f"{name}.out.log", logs / f"{name}.err.log"
        self._report = logs / f"{name}.process.json"
        self._report.unlink(missing_ok=True)  # of an earlier attempt
        self._part = str(logs / name)
        self._started = time.monotonic()
        self._seen_cpu: dict[int, float] = {}
        self._peak_bytes = 0
        self.rss_bytes = 0
        """Memory of the tree at the last `sample`; what processes share is counted once for each."""
        reading, self._lifeline = os.pipe()
        line = [sys.executable, "-I", "-S", str(SUPERVISOR), str(reading), str(self._report), *command]
        try:
            with self.out_log.open("ab") as out, self.err_log.open("ab") as err:
                self._process = subprocess.Popen(
                    line,
                    env={**environment, PART: self._part},
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=err,
                    pass_fds=(reading,),
                    start_new_session=True,
                )
        finally:
            os.close(reading)

    @property
    def seconds(self) -> float:
        """Wall time since the start."""
        return time.monotonic() - self._started

    @property
    def running(self) -> bool:
        """Whether the command, or something it left behind, still runs."""
        return self._process.poll() is None

    @property
    def sampled_cpu_seconds(self) -> float:
        """CPU time of the tree up to the last `sample`."""
        return sum(self._seen_cpu.values())

    def sample(self) -> None:
        """Note CPU time and memory of the tree as it is now (costs some milliseconds)."""
        total = 0
        for process in self._tree():
            with contextlib.suppress(psutil.Error), process.oneshot():
                times = process.cpu_times()
                self._seen_cpu[process.pid] = times.user + times.system
                total += process.memory_info().rss
        self.rss_bytes, self._peak_bytes = total, max(self._peak_bytes, total)

    def ask_to_end(self) -> None:
        """Ask the supervisor to end the tree: first kindly, after its grace by force. Does not wait."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def outcome(self, timeout: float | None = None) -> Outcome:
        """Wait for the end of the tree and say how it went. Kills what a dead supervisor left."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            for process in self._tree():
                with contextlib.suppress(psutil.Error):
                    process.kill()
            self._process.kill()
            self._process.wait()
        self.close()
        sampled = self.sampled_cpu_seconds
        try:
            facts = json.loads(self._report.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            code = self._process.returncode  # the supervisor was killed: its work falls to us
            _kill(_marked(PART, self._part))
            return Outcome(code, round(sampled, 3), round(self.seconds, 3), self._peak_bytes, "lost")
        return Outcome(
            exit=facts["exit"],
            cpu_seconds=max(facts["cpu_seconds"], round(sampled, 3)),
            wall_seconds=facts["wall_seconds"],
            max_rss_bytes=max(facts["max_rss_bytes"], self._peak_bytes),
            ended_by=facts["ended_by"],
        )

    def close(self) -> None:
        """Let go of the lifeline: whatever still runs is ended by the supervisor."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def log_tail(self, lines: int = 3) -> str:
        """The last lines of the error log, for a message to a person; of the other one if it is empty."""
        for log in (self.err_log, self.out_log):
            with contextlib.suppress(OSError):
                told = log.read_text(encoding="utf-8", errors="replace").strip()
                if told:
                    return " | ".join(line.strip() for line in told.splitlines()[-lines:])
        return ""

    def _tree(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.Error):
            return psutil.Process(self._process.pid).children(recursive=True)
        return []


def stragglers(run_id: str) -> list[psutil.Process]:
    """Processes of this dual run that still live, wherever they went (found by `MARK`)."""
    return _marked(MARK, run_id)


def kill_stragglers(run_id: str) -> int:
    """Kill whatever of the run still lives; how many there were."""
    return _kill(stragglers(run_id))


def _marked(variable: str, value: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(variable) == value:
                found.append(process)
    return found


def _kill(processes: list[psutil.Process]) -> int:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(processes, timeout=5)
    return len(processes)
