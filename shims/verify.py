"""Both probes, each in its side's interpreter, over a copy of the project; then the comparison.

Nothing is written into the project but the verdict: each side gets its own copy of the code and of
the frozen inputs in a temporary folder, laid out as in a dual run, and the `[prepare]` commands run
there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate import equivalence, files
from migrate.errors import EvidenceError, SideError
from migrate.repeating import RECORD
from migrate.routing_graph import graph_record
from migrate.workspace import Workspace, read_json
from shims import freeze
from shims.handed import handed
from shims.processes import Supervised
from shims.run_plan import DAGSTER, PREFECT, SidePlan, dagster_plan, prefect_plan

if TYPE_CHECKING:
    from migrate.config import Migration

TIME_LIMIT_SECONDS = 600.0
TRACEBACK_LINES = 6
SECTION = {DAGSTER: "legacy", PREFECT: "target"}


@dataclass(frozen=True)
class Verdict:
    """What `verify` found, and where it wrote it."""

    equivalence: equivalence.Equivalence
    file: Path
    written: dict[str, Any]


def verify(migration: Migration) -> Verdict:
    """Probe both sides, compare, write `equivalence.json`.

    Raises:
        SideError: a side does not exist, does not load, or takes too long; says why and where.
    """
    # Before the probes: a file that changes while they run makes the verdict stale, not wrong.
    legacy = files.digest_tree(existing(migration, migration.legacy.root, "legacy"))
    target = files.digest_tree(existing(migration, migration.target.root, "target"))
    with tempfile.TemporaryDirectory(prefix="verify-") as folder, ThreadPoolExecutor(2) as both:
        left = both.submit(_dump, migration, dagster_plan(migration, "verify", Path(folder, DAGSTER), ()))
        right = both.submit(_dump, migration, prefect_plan(migration, "verify", Path(folder, PREFECT), ()))
        dumps = _both(left, right)
        found = equivalence.compare(*dumps, _constructs(migration))
    written = found.as_json(legacy, target)
    file = Workspace.of(migration).equivalence
    files.write_json(Workspace.of(migration).graph, graph_record(dumps[0], legacy))
    files.write_json(file, written)
    return Verdict(found, file, written)


def _constructs(migration: Migration) -> list[dict[str, Any]]:
    """What conversion.json of the target says of each construct; nothing of a target without one."""
    try:
        record = read_json(migration.root / migration.target.root / RECORD)
    except EvidenceError:
        return []
    found: list[dict[str, Any]] = record.get("constructs", [])
    return found


def _both(
    left: Future[dict[str, Any]], right: Future[dict[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both dumps; when neither side loads, both are told at once."""
    first, second = left.exception(), right.exception()
    if isinstance(first, SideError) and isinstance(second, SideError):
        cause = f"{first.cause}\nand {second.cause} ({second.place})"
        raise SideError(cause, file=first.file, line=first.line, remedy=first.remedy)
    return left.result(), right.result()


def existing(migration: Migration, root: str, section: str) -> Path:
    """The folder of a side's project; raises SideError when it is not there."""
    path = migration.root / root
    if not path.is_dir():
        raise SideError(
            f"the folder {root} of [{section}] does not exist",
            file=migration.file,
            remedy="`migrate convert` makes the target; [legacy] and [target] name both folders.",
        )
    return path


def prepared(migration: Migration, plan: SidePlan) -> None:
    """Copy a side's code and inputs to its folder and prepare it; raises SideError when that fails."""
    plan.paths.make()
    # An input that is not there yet is left out: a graph needs no data.
    inputs = [name for name in migration.input.freeze if (migration.root / name).exists()]
    freeze.copy(migration.root, [*inputs, plan.root], plan.paths.work)
    for number, command in enumerate(plan.prepare, start=1):
        code, said = run_to_end(plan, command, f"prepare-{number}")
        if code != 0:
            raise SideError(
                f"the {plan.name.capitalize()} side cannot be prepared: "
                f"`{_shortened(' '.join(command), plan)}` ended with exit code {code}: {said}",
                file=migration.file,
                remedy="Each command of [prepare] must work in a fresh copy of the frozen files.",
            )


def _dump(migration: Migration, plan: SidePlan) -> dict[str, Any]:
    """Copy, prepare and probe one side; raises SideError when it does not load."""
    prepared(migration, plan)
    out = plan.paths.base / "dump.json"
    code, said = run_to_end(plan, _probe(migration, plan, out), "probe")
    if not out.is_file():
        raise SideError(
            f"the {plan.name.capitalize()} side did not load: "
            f"its interpreter ended with exit code {code}: {said}",
            file=plan.python,
            remedy=f"Is {plan.name} installed for the interpreter that [{SECTION[plan.name]}] names?",
        )
    # What a side's own folders are called is no difference: both say {work} and {side}, as in migration.toml,
    # and {root} where the copy of its own project lies.
    text = out.read_text(encoding="utf-8").replace(f"{plan.folder}/", "{root}/")
    text = text.replace(str(plan.paths.work), "{work}")
    dump: dict[str, Any] = json.loads(text.replace(str(plan.paths.out), "{side}"))
    if "error" in dump:
        raise does_not_load(migration, plan, dump["error"])
    return dump


def _probe(migration: Migration, plan: SidePlan, out: Path) -> list[str]:
    """The command line of a side's probe, handed over as one file."""
    line = [
        plan.python,
        handed(f"{plan.name}_probe", plan.paths.base),
        "--root",
        str(plan.folder),
        "--out",
        str(out),
    ]
    if plan.name == PREFECT:
        return [*line, "--flow", migration.target.flow]
    attribute = ["--attribute", migration.legacy.attribute] if migration.legacy.attribute else []
    return [*line, "--module", migration.legacy.module, *attribute]


def run_to_end(
    plan: SidePlan, command: Sequence[str], name: str, limit: float = TIME_LIMIT_SECONDS
) -> tuple[int, str]:
    """Run to the end, or to the time limit; exit code and the end of what it said on standard error."""
    # No warnings: the end of standard error is what a person gets to see.
    environment = {**plan.environment, "PYTHONWARNINGS": "ignore", "PREFECT_LOGGING_LEVEL": "ERROR"}
    try:
        process = Supervised(
            command, environment=environment, folder=plan.folder, logs=plan.paths.logs, name=name
        )
    except OSError as problem:
        raise SideError(f"{command[0]} cannot be started: {problem.strerror}") from None
    try:
        outcome = process.outcome(limit)
    except BaseException:  # Ctrl-C: nothing may go on writing into a folder that is about to go
        process.outcome(0)
        raise
    slow = outcome.wall_seconds >= limit
    return outcome.exit, f"stopped after {limit:g} s" if slow else _shortened(process.log_tail(), plan)


def _shortened(text: str, plan: SidePlan) -> str:
    """A text without the places of the copy, which is gone when the text is read."""
    for folder in ("{work}", plan.paths.work, plan.paths.base):
        text = text.replace(f"{folder}/", "")
    return text


def does_not_load(migration: Migration, plan: SidePlan, error: Mapping[str, Any]) -> SideError:
    """The user's own place, and the last lines of the traceback."""
    lines = [line for line in _shortened(error["traceback"], plan).splitlines() if line.strip(" ^~")]
    tail = "\n    ".join(lines[-TRACEBACK_LINES:])
    return SideError(
        f"the {plan.name.capitalize()} side does not load: {_shortened(error['cause'], plan)}\n    {tail}",
        file=Path(plan.root, error["file"]) if error["file"] else migration.file,
        line=error["line"],
        remedy="It must import with the [environment] and after the [prepare] commands of migration.toml.",
    )
