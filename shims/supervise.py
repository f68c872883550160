"""Runs one command so that nothing of it outlives us, and nothing of its CPU time is lost.

    python supervise.py LIFELINE REPORT COMMAND...

`LIFELINE` is the number of an inherited pipe end: when whoever started us dies, it closes, and the
command's whole process tree is ended. SIGTERM and SIGINT do the same. `REPORT` is the file that gets
`{"exit", "cpu_seconds", "wall_seconds", "max_rss_bytes", "ended_by"}` when all is over.

Standard library only, and started by path: it must not care what is installed. On Linux it adopts
orphans (a daemon that left its parent is still found, ended and its CPU time counted); elsewhere it
reaches the processes that are still its descendants.

Upstream: https://man7.org/linux/man-pages/man2/PR_SET_CHILD_SUBREAPER.2const.html
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 8.0


def main(lifeline: int, report: str, command: list[str]) -> int:
    """Run the command to its end; return its exit code as a shell would (128 + signal)."""
    os.set_inheritable(lifeline, False)
    _adopt_orphans()
    waker, signalled = _signals_to_pipe()
    started = time.monotonic()
    child = subprocess.Popen(command)
    code, ended_by = _watch(child, lifeline, waker, signalled)
    _end_all()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    facts = {
        "exit": code,
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3),
        "wall_seconds": round(time.monotonic() - started, 3),
        "max_rss_bytes": usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "ended_by": ended_by,
    }
    with contextlib.suppress(OSError):  # a full disk must not keep us from ending the processes
        part = f"{report}.part"
        with open(part, "w", encoding="utf-8") as stream:  # noqa: PTH123 - no import we can save: -S start-up
            json.dump(facts, stream)
        os.replace(part, report)  # noqa: PTH105 - as above
    return code if code >= 0 else 128 - code


def _watch(
    child: subprocess.Popen[bytes], lifeline: int, waker: int, signalled: list[int]
) -> tuple[int, str]:
    """Wait for the command; on a signal or a broken lifeline end its tree. Exit code, and who ended it."""
    ended_by, deadline = "", float("inf")
    watched = [lifeline, waker]
    while child.poll() is None:
        remaining = max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select(watched, [], [], min(remaining, 60.0))
        if waker in ready:
            os.read(waker, 512)
        if lifeline in ready and not os.read(lifeline, 1):
            watched.remove(lifeline)
            ended_by = ended_by or "lifeline"
        if signalled:
            ended_by = ended_by or "signal"
        if ended_by and deadline == float("inf"):
            deadline = time.monotonic() + GRACE_SECONDS
            _signal_all(signal.SIGTERM)
        if time.monotonic() >= deadline:
            _signal_all(signal.SIGKILL)
            deadline = time.monotonic() + 1.0
    return child.returncode, ended_by


def _end_all() -> None:
    """End and reap whatever the command left behind: terminate first, kill after a moment."""
    deadline = time.monotonic() + 3.0
    if _descendants():
        _signal_all(signal.SIGTERM)
    while _reap() and time.monotonic() < deadline + 10:
        if time.monotonic() > deadline:
            _signal_all(signal.SIGKILL)
        time.sleep(0.02)


def _reap() -> bool:
    """Collect finished children; True while some are still running."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True


def _signal_all(number: int) -> None:
    for pid in _descendants():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _descendants() -> list[int]:
    """Every process below this one, children before grandchildren."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    found, queue = [], [os.getpid()]
    while queue:
        below = children.get(queue.pop(0), [])
        found += below
        queue += below
    return found


def _parents() -> list[tuple[int, int]]:
    """(process, its parent) of every process, zombies left out."""
    if not os.path.isdir("/proc/self"):  # noqa: PTH112 - no import we can save
        lister = subprocess.Popen(["ps", "-axo", "pid=,ppid="], stdout=subprocess.PIPE)
        rows = [line.split() for line in lister.communicate()[0].splitlines()]
        return [(int(a), int(b)) for a, b in rows if int(a) != lister.pid]
    found = []
    for name in os.listdir("/proc"):  # noqa: PTH208 - as above
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as stream:  # noqa: PTH123
                state, parent = stream.read().rpartition(b")")[2].split()[:2]
                if state != b"Z":
                    found.append((int(name), int(parent)))
    return found


def _signals_to_pipe() -> tuple[int, list[int]]:
    """Turn SIGTERM, SIGINT and SIGCHLD into bytes on a pipe; the list collects the ending ones."""
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    received: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda got, _: received.append(got))
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reading, received


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
