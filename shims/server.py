"""A real Prefect server of the dual run's own: started for it, on loopback, always ended with it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol
from urllib.error import URLError
from urllib.request import urlopen

from migrate.errors import SideError
from shims.prechecks import free_port
from shims.processes import MARK, Outcome, Supervised
from shims.side_environment import TELEMETRY_OFF, inherited

START_SECONDS = 120.0
"""How long a server may take to answer (measured: 6 s alone, 25 s on a busy machine)."""

_BLOCKS = ("PREFECT_SERVER_REGISTER_BLOCKS_ON_START", "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION")
_REGISTERS_BLOCKS = dict.fromkeys(_BLOCKS, "true")
LEAN = {
    # Nothing is scheduled, late or automated in a dual run; what watches for it would charge the target.
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    # Task runs and events are written a second's worth at a time; by default each task run is a transaction.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "1",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "1",
    **dict.fromkeys(_BLOCKS, "false"),
}
"""Settings that halve what a run costs its server; docs/prefect-side.md has the figures."""


class _Paths(Protocol):
    @property
    def logs(self) -> Path: ...


class _Side(Protocol):
    @property
    def python(self) -> str: ...
    @property
    def paths(self) -> _Paths: ...


class _Plan(Protocol):
    """What a server is started for: a dual run's plan, or anything else that says as much."""

    @property
    def run_id(self) -> str: ...
    @property
    def folder(self) -> Path: ...
    @property
    def port(self) -> int | None: ...
    @property
    def prefect(self) -> _Side: ...


class PrefectServer:
    """A running server. `url` is what PREFECT_API_URL must be."""

    def __init__(self, process: Supervised, port: int) -> None:
        self.process = process
        self.port = port
        self.url = f"http://127.0.0.1:{port}/api"

    @property
    def page(self) -> str:
        """Where a person can look at it while it runs."""
        return f"http://127.0.0.1:{self.port}"

    def end(self) -> Outcome:
        """End it with everything below it; what it used."""
        self.process.ask_to_end()
        return self.process.outcome(timeout=20)


def start(plan: _Plan, pause: Callable[[float], None], *, services: Sequence[str] = ()) -> PrefectServer:
    """Start the run's server and wait until it answers.

    Args:
        plan: names the interpreter, the folder and the port (None: a free one).
        pause: sleeps some seconds; raises what should stop the waiting.
        services: which of SCHEDULER, LATE_RUNS and TRIGGERS it runs, too (a dual run needs none).

    Raises:
        SideError: it ended, or did not answer in time; its log is named.
    """
    for attempt in (1, 2, 3):
        port = plan.port or free_port()
        server = PrefectServer(_launch(plan, port, services), port)
        try:
            reason = _wait(server, pause)
        except BaseException:
            server.end()
            raise
        if not reason:
            _keep_template(plan)
            return server
        server.end()
        template = _template(plan)
        if template and template.is_file():
            template.unlink()  # it may be the reason
            database(plan).unlink(missing_ok=True)
            continue
        if plan.port or attempt == 3 or server.process.seconds >= START_SECONDS:
            break  # a port found free can be taken a moment later: only then another try helps
    raise SideError(
        f"the Prefect server {reason}",
        file=server.process.err_log,
        remedy="Its log says why; --prefect-api-url uses a server of your own instead.",
    )


def _launch(plan: _Plan, port: int, services: Sequence[str]) -> Supervised:
    home = plan.folder / "prefect" / "server"
    logs = plan.prefect.paths.logs
    for folder in (home, home / "scratch"):
        folder.mkdir(parents=True, exist_ok=True)
    if (template := _template(plan)) and template.is_file() and not database(plan).exists():
        shutil.copyfile(template, home / "prefect.db")
    # The kept database has its block types; to look for them imports every Prefect collection there is.
    settings = LEAN if database(plan).exists() else {**LEAN, **_REGISTERS_BLOCKS}
    environment = {
        **inherited(os.environ, plan.prefect.python),
        **TELEMETRY_OFF,
        MARK: plan.run_id,
        "HOME": str(home),
        "TMPDIR": str(home / "scratch"),
        "PREFECT_HOME": str(home),
        # Else it unpacks its pages into the installed package, which two servers would share.
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),
        # Else its pages ask the usual port for their data.
        "PREFECT_UI_API_URL": f"http://127.0.0.1:{port}/api",
        **settings,
        **{f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "true" for name in services},
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    line = [plan.prefect.python, "-m", "prefect", "server", "start", "--host", "127.0.0.1"]
    return Supervised(
        [*line, "--port", str(port)], environment=environment, folder=home, logs=logs, name="server"
    )


def _wait(server: PrefectServer, pause: Callable[[float], None]) -> str:
    """Empty once the server answers; else why it never will."""
    while server.process.seconds < START_SECONDS:
        if not server.process.running:
            return f"ended at once: {server.process.log_tail()}"
        try:
            with urlopen(f"{server.url}/health", timeout=5) as answer:  # noqa: S310 - loopback, our own port
                if json.loads(answer.read()) is True:
                    return ""
        except (URLError, OSError, ValueError):
            pass
        pause(0.2)
    return f"did not answer within {START_SECONDS:.0f} s"


def database(plan: _Plan) -> Path:
    """The server's own database, for those who want to look at a run afterwards."""
    return plan.folder / "prefect" / "server" / "prefect.db"


def _template(plan: _Plan) -> Path | None:
    """An empty database of this Prefect version: to make its tables anew costs half of a start (7 CPU s)."""
    prefix = Path(plan.prefect.python).parent.parent
    found = sorted(prefix.glob("lib/python*/site-packages/prefect-*.dist-info"))
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "changeover" / f"{found[0].stem}.db" if len(found) == 1 else None


def _keep_template(plan: _Plan) -> None:
    template = _template(plan)
    if template is None or template.is_file():
        return
    with suppress(OSError):  # a cache that cannot be written is no reason to stop
        _fill(template, database(plan))


def _fill(template: Path, running: Path) -> None:
    template.parent.mkdir(parents=True, exist_ok=True)
    partial = template.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(running)) as filled, closing(sqlite3.connect(partial)) as empty:
        filled.backup(empty)
    partial.replace(template)
