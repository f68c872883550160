"""Both probes, each in its side's interpreter, over a copy of the project; then the comparison.

Nothing is written into the project but the verdict: each side gets its own copy of the code and of
the frozen inputs in a temporary folder, and the `[prepare]` commands run there.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from migrate import equivalence, files
from migrate.errors import ChangeoverError, SideError
from migrate.workspace import Workspace
from shims import freeze
from shims.processes import Supervised

if TYPE_CHECKING:
    from migrate.config import Migration

Side = Literal["dagster", "prefect"]
PROBES: dict[Side, str] = {"dagster": "dagster_probe.py", "prefect": "prefect_probe.py"}
TIME_LIMIT_SECONDS = 600.0
INHERITED = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "SSL_CERT_FILE")
QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True)
class Verdict:
    """What `verify` found, and where it wrote it."""

    equivalence: equivalence.Equivalence
    file: Path
    written: dict[str, Any]


def verify(migration: Migration) -> Verdict:
    """Probe both sides, compare, write `equivalence.json`.

    Raises:
        SideError: a side does not load, or takes too long; says why and where.
        ConfigError: a folder that `migration.toml` names does not exist.
    """
    roots = {"dagster": migration.legacy.root, "prefect": migration.target.root}
    digests = {side: files.digest_tree(_existing(migration, root)) for side, root in roots.items()}
    with tempfile.TemporaryDirectory(prefix="verify-") as folder, ThreadPoolExecutor(2) as both:
        left, right = both.map(lambda side: _dump(migration, side, Path(folder, side)), PROBES)
    found = equivalence.compare(left, right)
    written = found.as_json(digests["dagster"], digests["prefect"])
    file = Workspace.of(migration).equivalence
    files.write_json(file, written)
    return Verdict(found, file, written)


def _existing(migration: Migration, root: str) -> Path:
    path = migration.root / root
    if not path.is_dir():
        raise SideError(
            f"the folder {root} does not exist",
            file=migration.file,
            remedy="`migrate convert` makes the target; [legacy] and [target] name both folders.",
        )
    return path


def _dump(migration: Migration, side: Side, folder: Path) -> dict[str, Any]:
    """Copy, prepare and probe one side; raises SideError when it does not load."""
    place = _Place.make(migration, side, folder)
    for number, command in enumerate(migration.prepare.commands):
        expanded = [place.expand(part) for part in command]
        outcome, said = place.run(expanded, f"prepare-{number + 1}")
        if outcome != 0:
            line = " ".join(command)
            raise SideError(
                f"the {side.capitalize()} side cannot be prepared: `{line}` ended with {outcome}: {said}",
                file=migration.file,
                remedy="Run the command by hand in a copy of the project, and mend what it says.",
            )
    out = folder / "dump.json"
    outcome, said = place.run(place.probe(migration, side, out), "probe")
    if not out.is_file():
        raise SideError(
            f"the {side.capitalize()} side did not load: its interpreter ended with {outcome}: {said}",
            file=place.python,
            remedy=f"Is {side} installed for the interpreter that [{_section(side)}] python names?",
        )
    dump: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    if "error" in dump:
        raise _does_not_load(migration, side, dump["error"], place.work)
    return dump


def _section(side: Side) -> str:
    return "legacy" if side == "dagster" else "target"


def _does_not_load(migration: Migration, side: Side, error: Mapping[str, Any], work: Path) -> SideError:
    """The user's own place and the last lines of the traceback, with the copy's paths taken out."""
    root = migration.legacy.root if side == "dagster" else migration.target.root
    lines = [
        line for line in error["traceback"].replace(f"{work}/", "").rstrip().splitlines() if line.strip()
    ]
    tail = "\n    ".join(lines[-6:])
    cause = error["cause"].replace(f"{work}/", "")
    return SideError(
        f"the {side.capitalize()} side does not load: {cause}\n    {tail}",
        file=Path(root, error["file"]) if error["file"] else migration.file,
        line=error["line"],
        remedy="It must import with the [environment] and after the [prepare] commands of migration.toml.",
    )


@dataclass(frozen=True)
class _Place:
    """One side's own copy and surroundings, laid out as in a dual run."""

    python: str
    work: Path
    side: Path
    folder: Path
    root: Path
    environment: dict[str, str]

    @classmethod
    def make(cls, migration: Migration, side: Side, folder: Path) -> _Place:
        """Copy what the side reads. Inputs that are not there yet are left out: a graph needs no data."""
        settings = migration.legacy if side == "dagster" else migration.target
        work, out = folder / "work", folder / "out"
        for path in (work, out, folder / "home", folder / "scratch", folder / "logs"):
            path.mkdir(parents=True)
        inputs = [name for name in migration.input.freeze if (migration.root / name).exists()]
        freeze.copy(migration.root, [*inputs, settings.root], work)
        python = str(migration.root / settings.python) if settings.python else sys.executable
        place = cls(python, work, out, folder, Path(os.path.normpath(work / settings.root)), {})
        own = {name: place.expand(value) for name, value in migration.environment.items()}
        home = str(folder / "home")
        places = {"HOME": home, "DAGSTER_HOME": home, "PREFECT_HOME": home, "TMPDIR": str(folder / "scratch")}
        kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
        # As if the side's own virtual environment were activated: `dbt` is found beside `python`.
        kept["PATH"] = os.pathsep.join([str(Path(python).parent), kept.get("PATH", os.defpath)])
        place.environment.update({**kept, **QUIET, **places, **own})
        return place

    def expand(self, text: str) -> str:
        """Fill in `{work}`, `{side}` and `{python}`; nothing else is touched."""
        for name, value in (("work", self.work), ("side", self.side), ("python", self.python)):
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def probe(self, migration: Migration, side: Side, out: Path) -> list[str]:
        """The command line of a side's probe."""
        probe = Path(__file__).with_name(PROBES[side])
        line = [self.python, str(probe), "--root", str(self.root), "--out", str(out)]
        if side == "prefect":
            return [*line, "--flow", migration.target.flow]
        attribute = ["--attribute", migration.legacy.attribute] if migration.legacy.attribute else []
        return [*line, "--module", migration.legacy.module, *attribute]

    def run(self, command: list[str], name: str) -> tuple[int, str]:
        """Run to the end, or to the time limit; exit code and the end of what it said on standard error."""
        logs = self.folder / "logs"
        try:
            process = Supervised(
                command, environment=self.environment, folder=self.root, logs=logs, name=name
            )
        except OSError as problem:
            raise ChangeoverError(f"{command[0]} cannot be started: {problem.strerror}") from None
        outcome = process.outcome(TIME_LIMIT_SECONDS)
        slow = outcome.wall_seconds >= TIME_LIMIT_SECONDS
        said = f"stopped after {TIME_LIMIT_SECONDS:g} s" if slow else process.log_tail()
        return outcome.exit, said
