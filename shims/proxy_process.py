"""The process in which Prefect runs a part of the target for Dagster: started, followed, always ended.

Standard library only, and plain enough for Python 3.8: it runs within the legacy interpreter. No
orchestrator is imported here. What runs there is `prefect_part`, handed over as one file.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shims.growing import GrowingFile
from shims.handed import handed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

POLL_SECONDS = 0.1
CANCEL_SECONDS = 10.0
"""How long a cancelled flow run may take to end, before its processes are ended."""
DEPLOYMENT = Path(__file__).with_name("prefect_deployment.py")
SUPERVISOR = Path(__file__).with_name("supervise.py")
NOT_HANDED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "DAGSTER_HOME")
"""What would make the target's interpreter import the legacy's modules: both sides name theirs alike."""
TELEMETRY_OFF = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}


class ProxyRun:
    """One part of the target, running. Use it in a `with`, and go through its `events` to the end."""

    def __init__(
        self,
        config: Path,
        request: dict[str, Any],
        handed: Iterable[tuple[str, dict[str, Any], Any]] = (),
        back: Mapping[str, dict[str, Any]] | None = None,
    ) -> None:
        """`handed` are values (asset, what is told of it, value) for the part, `back` those it returns."""
        self.exit: int | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="proxy-"))
        name = "tomllib" if sys.version_info >= (3, 11) else "tomli"
        settings = importlib.import_module(name).loads(config.read_text(encoding="utf-8"))["target"]
        self._root = config.parent / settings["root"]
        self._python = interpreter(settings.get("python", ""), config.parent)
        self._events = self._folder / "events.jsonl"
        self._request = {**request, "flow": settings["flow"], "events": str(self._events)}
        self._request["values"] = {
            key: {**told, "file": self._pickled(number, value)}
            for number, (key, told, value) in enumerate(handed)
        }
        self._back = {
            key: {**told, "file": str(self._folder / f"back-{number}.pickle")}
            for number, (key, told) in enumerate((back or {}).items())
        }
        self._request["back"] = self._back
        self._config = config
        self._told = GrowingFile(self._events)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def last_words(self) -> str:
        """The last lines of its standard error."""
        with contextlib.suppress(OSError):
            text = (self._folder / "err.log").read_text(encoding="utf-8", errors="replace")
            return " | ".join(line.strip() for line in text.strip().splitlines()[-5:])
        return ""

    def _pickled(self, number: int, value: Any) -> str:
        file = self._folder / f"value-{number}.pickle"
        file.write_bytes(pickle.dumps(value, protocol=4))
        return str(file)

    def value(self, key: str) -> Any:
        """What the part made of an asset whose value it was to return; None for any other."""
        if key not in self._back:
            return None
        return pickle.loads(Path(self._back[key]["file"]).read_bytes())  # noqa: S301 - our own run's

    def events(self) -> Iterator[dict[str, Any]]:
        """Start it, and hand on all that it tells, as it comes."""
        (self._folder / "request.json").write_text(json.dumps(self._request), encoding="utf-8")
        reading, self._lifeline = os.pipe()
        line = [sys.executable, "-I", "-S", str(SUPERVISOR), str(reading), str(self._folder / "process.json")]
        deployed = self._request.get("deployment")
        program = str(DEPLOYMENT) if deployed else handed("prefect_part", self._folder)
        line += [self._python, program, str(self._folder / "request.json")]
        with (self._folder / "out.log").open("ab") as out, (self._folder / "err.log").open("ab") as err:
            self._process = subprocess.Popen(
                line,
                env=self._environment(),
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                pass_fds=(reading,),
                start_new_session=True,
            )
        os.close(reading)
        while self._process.poll() is None:
            yield from self._new()
            time.sleep(POLL_SECONDS)
        self.exit = self._process.returncode
        yield from self._new()

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
        path = os.pathsep.join([str(Path(self._python).parent), os.environ.get("PATH", os.defpath)])
        own = {"PYTHONPATH": str(self._root), "PYTHONUNBUFFERED": "1", "CHANGEOVER_CONFIG": str(self._config)}
        return {**kept, **TELEMETRY_OFF, "PATH": path, **own}

    def _new(self) -> Iterator[dict[str, Any]]:
        for line in self._told.lines():
            yield json.loads(line)

    def __enter__(self) -> ProxyRun:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            if kind is not None and self.exit is None:  # cancelled: Prefect is to know of it
                (self._folder / "cancel").touch()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(CANCEL_SECONDS)
            os.close(self._lifeline)  # the supervisor ends the whole tree
            self._process.wait()
        shutil.rmtree(str(self._folder), ignore_errors=True)


def interpreter(configured: str, root: Path) -> str:
    """The target's interpreter: by default this one, else a path relative to `root`, or a name on PATH."""
    if not configured:
        return sys.executable
    path = Path(configured).expanduser()
    if len(path.parts) > 1:
        return os.path.normpath(root / path)
    return shutil.which(configured) or configured
