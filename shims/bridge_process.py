"""The process in which Dagster runs a bridged construct: started, followed line by line, always ended.

No orchestrator is imported here. What runs there is `dagster_bridge`, handed over as one file.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from migrate.config import FILE_NAME, load
from migrate.errors import ConfigError, SideError
from migrate.files import write_json
from shims.growing import GrowingFile
from shims.handed import handed
from shims.processes import MARK, Supervised
from shims.run_plan import DAGSTER_YAML, interpreter
from shims.side_environment import TELEMETRY_OFF

POLL_SECONDS = 0.1
CANCEL_SECONDS = 10.0
"""How long Dagster may take to cancel a run by itself, before its processes are ended."""
CONFIG_VARIABLE = "CHANGEOVER_CONFIG"
ROOT_VARIABLE = "CHANGEOVER_LEGACY_ROOT"
"""Set by a dual run: the frozen copy of the legacy code, instead of the one in the repository."""
NOT_HANDED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", "PYTHONUSERBASE")
"""What would make the legacy interpreter import the target's modules: both sides name theirs alike."""


@dataclass(frozen=True)
class Legacy:
    """The Dagster side as `migration.toml` names it."""

    root: Path
    module: str
    attribute: str
    python: str
    home: Path
    variables: Mapping[str, str] = field(default_factory=dict)


def find_config(near: str | Path) -> Path:
    """migration.toml: CHANGEOVER_CONFIG, else the next one above `near` (or `near` itself).

    Raises:
        ConfigError: there is none.
    """
    named = os.environ.get(CONFIG_VARIABLE)
    start = Path(named or near).absolute()
    if start.is_file() and start.suffix == ".toml":
        return start
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        f"no {FILE_NAME} from here upwards",
        file=start,
        remedy=f"A bridged task needs it to find the legacy project: set {CONFIG_VARIABLE} to its path.",
    )


def find_legacy(near: str | Path) -> Legacy:
    """The legacy side, for a task defined in the file `near`.

    Raises:
        ConfigError: there is no migration.toml, or it is wrong.
        SideError: the legacy folder does not exist.
    """
    migration = load(find_config(near))
    root = Path(os.environ.get(ROOT_VARIABLE) or migration.root / migration.legacy.root)
    if not root.is_dir():
        raise SideError(f"the legacy folder {migration.legacy.root} does not exist", file=migration.file)
    given = os.environ.get("DAGSTER_HOME")
    # Beside Prefect's own state, so that values stored by one run are found by the next.
    own = Path(os.environ.get("PREFECT_HOME") or Path.home() / ".prefect") / "dagster"
    python = interpreter(migration.legacy.python, migration.root)
    return Legacy(root, migration.legacy.module, migration.legacy.attribute, python, Path(given or own))


class BridgeRun:
    """One run of Dagster: `start` it, then go through its `events` to the end. Use it in a `with`."""

    def __init__(self, legacy: Legacy, request: Mapping[str, Any], *, value: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="bridge-"))
        self.value_file = self._folder / "value.pickle"
        self.exit: int | None = None
        self._legacy, self._process = legacy, None  # type: tuple[Legacy, Supervised | None]
        self._events, self._said = (
            self._folder / "events.jsonl",
            GrowingFile(self._folder / "dagster.out.log"),
        )
        self._told = GrowingFile(self._events)
        self._request = {
            **request,
            "root": str(legacy.root),
            "module": legacy.module,
            "attribute": legacy.attribute,
            "events": str(self._events),
            "value_file": str(self.value_file) if value else "",
            "cancel_file": str(self._folder / "cancel"),
        }

    @property
    def words(self) -> str:
        """What is run, for a log line."""
        asked = self._request
        what = asked.get("job") or ", ".join(
            asked.get("assets") or [f"{a} {n}" for a, n in asked.get("checks", [])]
        )
        return f"{what} [{asked['partition_key']}]" if asked.get("partition_key") else str(what)

    @property
    def last_words(self) -> str:
        """The last lines of its standard error."""
        return self._process.log_tail(5) if self._process else ""

    def hand_over(self, values: Mapping[str, Any]) -> None:
        """Keep values of assets, by key, for Dagster's IO managers to store before the run.

        Raises:
            SideError: a value cannot be pickled.
        """
        kept = {}
        for number, (key, value) in enumerate(sorted(values.items())):
            file = self._folder / f"value-{number}.pickle"
            try:
                file.write_bytes(pickle.dumps(value, protocol=4))
            except (pickle.PicklingError, TypeError, AttributeError) as problem:
                raise SideError(f"the value of {key} cannot be handed to Dagster: {problem}") from None
            kept[key.removeprefix("asset://")] = str(file)
        self._request["values"] = kept

    def start(self, tags: Mapping[str, str]) -> None:
        """Start it; raises SideError when the interpreter cannot be started."""
        legacy, run = self._legacy, os.environ.get(MARK)
        marks = {"changeover.dual_run": run} if run else {}
        write_json(self._folder / "request.json", {**self._request, "tags": {**marks, **tags}})
        if not (legacy.home / "dagster.yaml").exists():
            legacy.home.mkdir(parents=True, exist_ok=True)
            (legacy.home / "dagster.yaml").write_text(DAGSTER_YAML, encoding="utf-8")
        line = [legacy.python, handed("dagster_bridge", self._folder), str(self._folder / "request.json")]
        try:
            self._process = Supervised(
                line, environment=environment(legacy), folder=legacy.root, logs=self._folder, name="dagster"
            )
        except OSError as problem:
            raise SideError(f"{line[0]} cannot be started: {problem.strerror}") from None

    def events(self, cancelled: Callable[[], bool]) -> Iterator[dict[str, Any]]:
        """Everything it tells and prints, as it comes; ends its whole tree when `cancelled` says so."""
        if self._process is None:
            return
        ending = float("inf")
        while self._process.running:
            yield from self._new()
            if ending == float("inf") and cancelled():
                (self._folder / "cancel").touch()
                ending = time.monotonic() + CANCEL_SECONDS
            if time.monotonic() > ending:
                self._process.ask_to_end()
                ending = float("inf")
                cancelled = never
            time.sleep(POLL_SECONDS)
        self.exit = self._process.outcome(timeout=20).exit
        yield from self._new()

    def _new(self) -> Iterator[dict[str, Any]]:
        for line in self._said.lines():
            if line.strip():
                yield {"event": "log", "level": 20, "message": line.decode("utf-8", "replace")}
        for line in self._told.lines():
            event: dict[str, Any] = json.loads(line)
            yield event

    def __enter__(self) -> BridgeRun:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None and self.exit is None:
            self._process.ask_to_end()
            self._process.outcome(timeout=20)
        shutil.rmtree(self._folder, ignore_errors=True)


def environment(legacy: Legacy) -> dict[str, str]:
    """This process's environment, made fit for the legacy interpreter: the same data, its own modules."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    path = os.pathsep.join([str(Path(legacy.python).parent), os.environ.get("PATH", os.defpath)])
    own = {"DAGSTER_HOME": str(legacy.home), "PYTHONPATH": str(legacy.root), "PYTHONUNBUFFERED": "1"}
    return {**kept, **TELEMETRY_OFF, "PATH": path, **own, "CHANGEOVER_BRIDGED": "1", **legacy.variables}


def never() -> bool:
    """For a run that is being ended already."""
    return False
