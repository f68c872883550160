"""Runs a learner's Prefect code against the checks of its exercises, with a server of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from migrate.course import CHECKER, Exercise
from migrate.errors import SideError
from shims import server
from shims.side_environment import TELEMETRY_OFF, inherited

SECONDS_AN_EXERCISE = 120.0


@dataclass(frozen=True)
class Try:
    """One exercise and the folder with the learner's files."""

    exercise: Exercise
    folder: Path


@dataclass(frozen=True)
class Verdict:
    """What the check says; `said` is empty when it passed."""

    exercise: str
    passed: bool
    said: str


@dataclass(frozen=True)
class _Paths:
    logs: Path


@dataclass(frozen=True)
class _Side:
    python: str
    paths: _Paths


@dataclass(frozen=True)
class _Plan:
    """What a server is started for."""

    folder: Path
    prefect: _Side
    run_id: str = "learn"
    port: int | None = None


def check(tries: Sequence[Try], python: str, api_url: str = "") -> list[Verdict]:
    """Check exercises, all in one process.

    Args:
        tries: what to check.
        python: the interpreter that has Prefect.
        api_url: a Prefect server to use; without one, one is started and ended.

    Raises:
        SideError: Prefect is not there, or the learner's code did not end.
    """
    with tempfile.TemporaryDirectory(prefix="learn-") as scratch:
        folder = Path(scratch)
        with api(folder, python, api_url) as url:
            return _ask(tries, python, url, folder)


@contextmanager
def api(folder: Path, python: str, api_url: str = "", services: Sequence[str] = ()) -> Iterator[str]:
    """The address of `api_url`, or of a server below `folder`, with these services, until the block ends."""
    if api_url:
        yield api_url
        return
    logs = folder / "logs"
    logs.mkdir()
    running = server.start(_Plan(folder, _Side(python, _Paths(logs))), time.sleep, services=services)
    try:
        yield running.url
    finally:
        running.end()


def _ask(tries: Sequence[Try], python: str, url: str, folder: Path) -> list[Verdict]:
    request, answer = folder / "request.json", folder / "answer.json"
    asked = [{"exercise": str(t.exercise.folder), "folder": str(t.folder.absolute())} for t in tries]
    request.write_text(json.dumps({"exercises": asked, "answer": str(answer)}), encoding="utf-8")
    environment = {
        **inherited(os.environ, python),
        **TELEMETRY_OFF,
        # Exercises may call `migrate`, which is where we run, whatever interpreter the learner's code has.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PREFECT_API_URL": url,
        "PREFECT_HOME": str(folder / "prefect-home"),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_LOGGING_LEVEL": "ERROR",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    limit = SECONDS_AN_EXERCISE * len(tries)
    try:
        done = subprocess.run(
            [python, str(CHECKER), str(request)],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        raise SideError(
            f"the check did not end within {limit:.0f} s", remedy="Look for a loop that never ends."
        ) from None
    if not answer.is_file():
        raise SideError(
            f"the check itself broke: {done.stderr[-500:]}",
            remedy="Has this interpreter Prefect? --python names another.",
        )
    return [Verdict(**one) for one in json.loads(answer.read_text(encoding="utf-8"))]
