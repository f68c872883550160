"""Each side's interpreter is asked what it has, and imports its project once in a copy, watched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate.errors import ChangeoverError
from migrate.files import write_json
from shims import freeze
from shims.preflight.finding import Finding
from shims.preflight.needs import imported
from shims.processes import Supervised
from shims.run_plan import PROGRAMS

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.preflight.sources import Source
    from shims.run_plan import RunPlan, SidePlan

LIMIT_SECONDS = 300.0
PROGRAM = PROGRAMS / "preflight_probe.py"


def ask(plan: RunPlan, side: SidePlan, sources: list[Source]) -> tuple[dict[str, Any] | None, str]:
    """The side's answer (None: it gave none) and what kept it from answering."""
    migration = plan.migration
    side.make()
    freeze.copy(migration.root, _names(migration, side), side.paths.work)
    trouble = ""
    for number, command in enumerate(side.prepare, start=1):
        code, said = _run(side, command, f"prepare-{number}")
        trouble = trouble or (f"prepare-{number} ended with exit code {code}: {said}" if code else "")
    module = migration.legacy.module if side.name == "dagster" else migration.target.flow.partition(":")[0]
    answer = side.paths.base / "answer.json"
    request = {
        "packages": sorted(imported(sources, side.name)),
        "module": "" if trouble else module,
        "root": str(side.folder),
        "answer": str(answer),
    }
    write_json(side.paths.request, request)
    code, said = _run(side, [side.python, str(PROGRAM), str(side.paths.request)], "preflight")
    if not answer.is_file():
        return None, f"its interpreter ended with exit code {code}: {said}"
    told: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
    return told, trouble or told["import"].get("error", "")


def _names(migration: Migration, side: SidePlan) -> list[str]:
    inputs = [name for name in migration.input.freeze if (migration.root / name).exists()]
    return [side.root, *inputs]


def _run(side: SidePlan, command: tuple[str, ...] | list[str], name: str) -> tuple[int, str]:
    try:
        process = Supervised(
            command, environment=side.environment, folder=side.folder, logs=side.paths.logs, name=name
        )
    except OSError as problem:
        return 127, f"{command[0]}: {problem.strerror}"
    return process.outcome(LIMIT_SECONDS).exit, process.log_tail()


def findings(side: SidePlan, told: Mapping[str, Any] | None, trouble: str, root: Path) -> Iterator[Finding]:
    """What the trial import did that a side must not do."""
    if trouble:
        shown = trouble.replace(f"{side.paths.work}/", "")
        remedy = "It must import with the [environment] and after the [prepare] commands of migration.toml."
        yield Finding("configuration", "problem", f"the project does not load: {shown}", remedy, side.name)
    seen = (told or {}).get("import") or {}
    base, work = str(side.paths.base), str(side.paths.work)
    for path in seen.get("written", ()):
        if path.startswith(work):
            yield Finding(
                "side-effect",
                "warning",
                f"importing it writes {path[len(work) + 1 :]}, a file of its own source",
                "Let it write below {side}, through an environment variable: inputs stay as they were.",
                side.name,
            )
        elif not path.startswith(base):
            remedy = "Let it write below {side} or TMPDIR: this place would be shared by both sides."
            yield Finding("side-effect", "problem", f"importing it writes {path}", remedy, side.name)
    for host in seen.get("connected", ()):
        remedy = "Fetch it once, freeze the file (input.freeze) and read that."
        yield Finding("download", "problem", f"importing it connects to {host}", remedy, side.name)


def guarded(plan: RunPlan, side: SidePlan, sources: list[Source]) -> tuple[dict[str, Any] | None, str]:
    """`ask`, with what keeps it from being asked as its trouble."""
    try:
        return ask(plan, side, sources)
    except ChangeoverError as problem:
        return None, problem.cause
