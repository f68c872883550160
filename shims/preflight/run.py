"""The whole preflight: reads both projects, asks both interpreters, looks at the machine."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shims.preflight import downloads, effects, machine, needs, paths, probe
from shims.preflight.finding import Finding
from shims.preflight.sources import read
from shims.run_plan import dagster_plan, make_plan, prefect_plan

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.run_plan import SidePlan

KNOWN_DAGSTER = ((1, 7), (1, 14))
"""From (inclusive) and to (exclusive): the releases that the Dagster side's program is tested with."""


@dataclass(frozen=True)
class Preflight:
    """What was found, and the versions of both interpreters; `unasked` sides gave no answer at all."""

    findings: tuple[Finding, ...]
    versions: dict[str, dict[str, str]]
    unasked: tuple[str, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """What must be mended first."""
        return tuple(f for f in self.findings if f.level == "problem")

    def as_json(self) -> dict[str, Any]:
        """The published shape."""
        return {
            "schema": 1,
            "ready": not self.problems and not self.unasked,
            "versions": self.versions,
            "unasked": list(self.unasked),
            "findings": [finding.as_json() for finding in self.findings],
        }


def preflight(migration: Migration) -> Preflight:
    """Look at everything; nothing is written but to a temporary folder that is gone afterwards."""
    sources = read(migration)
    with tempfile.TemporaryDirectory(prefix="preflight-") as folder:
        plan = make_plan(
            migration, years=min(p.years for p in migration.phases.values()), folder=Path(folder)
        )
        sides = tuple(_present(migration, Path(folder)))
        found = list(_absent(migration, sides))
        runnable = [s for s in sides if os.access(s.python, os.X_OK) and not Path(s.python).is_dir()]
        with ThreadPoolExecutor(2) as both:
            told = dict(
                zip(
                    [s.name for s in runnable],
                    both.map(lambda s: probe.guarded(plan, s, sources), runnable),
                    strict=True,
                )
            )
        asked = {name: answer for name, (answer, _) in told.items() if answer is not None}
        found += paths.findings(migration, sources)
        found += needs.executables(migration, sources, sides)
        found += needs.packages(sources, sides, asked)
        found += downloads.findings(migration, sources, asked)
        found += effects.findings(sources)
        found += machine.findings(plan, sources)
        for side in runnable:
            answer, trouble = told[side.name]
            found += probe.findings(side, answer, trouble, migration.root)
    found = _weighed(found, {s.name for s in sources if not s.reached})
    versions = {name: dict(answer["versions"]) for name, answer in asked.items()}
    found += _versions(migration, versions)
    unasked = tuple(name for name in ("dagster", "prefect") if name not in asked)
    return Preflight(_sorted(found), versions, unasked)


def _present(migration: Migration, folder: Path) -> Iterator[SidePlan]:
    years = next(iter(migration.phases.values())).years
    if (migration.root / migration.legacy.root).is_dir():
        yield dagster_plan(migration, "preflight", folder / "dagster", years)
    if (migration.root / migration.target.root).is_dir():
        yield prefect_plan(migration, "preflight", folder / "prefect", years)


def _absent(migration: Migration, sides: tuple[SidePlan, ...]) -> Iterator[Finding]:
    """Folders, inputs and interpreters that are not there at all."""
    file, names = migration.file.name, {side.name for side in sides}
    for side, key, root in (
        ("dagster", "legacy", migration.legacy.root),
        ("prefect", "target", migration.target.root),
    ):
        if side not in names:
            remedy = "Run `migrate convert` first." if key == "target" else "Point it at the Dagster project."
            yield Finding(
                "configuration", "problem", f"{key}.root: there is no folder {root}", remedy, side, file
            )
    for name in migration.input.freeze:
        if not (migration.root / name).exists():
            remedy = "Make it first, or take it out of input.freeze."
            yield Finding(
                "configuration", "problem", f"input.freeze: {name} does not exist", remedy, "", file
            )
    for plan in sides:
        if not os.access(plan.python, os.X_OK) or Path(plan.python).is_dir():
            key = "legacy" if plan.name == "dagster" else "target"
            remedy = "Name the Python of the environment this side is installed in."
            yield Finding(
                "executable",
                "problem",
                f"{key}.python: {plan.python} cannot be executed",
                remedy,
                plan.name,
                file,
            )


def _versions(migration: Migration, versions: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    dagster, prefect = versions.get("dagster", {}), versions.get("prefect", {})
    forbidden, file = migration.dual_run.forbid_version_differences, migration.file.name
    for name in sorted(dagster.keys() & prefect.keys()):
        if dagster[name] != prefect[name]:
            yield Finding(
                "version",
                "problem" if name in forbidden else "warning",
                f"{name} is {dagster[name]} under Dagster and {prefect[name]} under Prefect",
                "Never change engine and orchestrator in one step: install one version on both sides.",
                file=file,
            )
    release = dagster.get("dagster", "")
    if release:
        number = tuple(int(part) for part in release.split(".")[:2])
        if not KNOWN_DAGSTER[0] <= number < KNOWN_DAGSTER[1]:
            remedy = "1.7 to 1.13 are known to work; a dual run of one year will show it."
            yield Finding(
                "version", "warning", f"Dagster {release} has not been tried", remedy, "dagster", file
            )


def _weighed(found: list[Finding], unreached: set[str]) -> list[Finding]:
    """What stands in a file that no side comes by is only to know of."""
    return [replace(f, level="warning") if f.file in unreached else f for f in found]


def _sorted(found: list[Finding]) -> tuple[Finding, ...]:
    """Problems first, then by place; what two checks both say is said once."""
    once = list(dict.fromkeys(replace(f, line=f.line or 0) for f in found))
    once.sort(key=lambda f: (f.level != "problem", f.area, f.file, f.line or 0, f.cause))
    return tuple(replace(f, line=f.line or None) for f in once)
