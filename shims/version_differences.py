"""Versions that differ between the two interpreters: said aloud, and refused where that is asked for.

A difference in rows may then be the engine's and not the orchestrator's: DuckDB's `hash()`, for one, changed
between 1.0 and 2.0. Never change engine and orchestrator in one step.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.errors import ConfigError, SideError

if TYPE_CHECKING:
    from shims.run_plan import RunPlan, SidePlan

COMPARED = ("python", "duckdb", "dbt-core", "dbt-duckdb", "dbt-adapters", "sqlglot", "pandas", "numpy")
ASK_SECONDS = 60
ASK = """
import importlib.metadata as m, json, platform, sys
found = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        found[name] = m.version(name)
    except m.PackageNotFoundError:
        pass
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Difference:
    """One distribution (or `python`) of which the sides have different versions; empty: not installed."""

    name: str
    dagster: str
    prefect: str

    @property
    def text(self) -> str:
        """The difference in one line."""
        one, two = (version or "none" for version in (self.dagster, self.prefect))
        return f"versions differ: {self.name} {one} under Dagster, {two} under Prefect"


def require(plan: RunPlan) -> tuple[Difference, ...]:
    """What differs between the plan's two interpreters.

    Raises:
        ConfigError: something of `dual_run.forbid_version_differences` does.
    """
    forbidden = plan.migration.dual_run.forbid_version_differences
    found = differences(plan, forbidden)
    for difference in found:
        if difference.name in forbidden:
            raise ConfigError(
                f"{difference.text}, which dual_run.forbid_version_differences forbids",
                file=plan.migration.file,
                remedy=f"Install one version of {difference.name} on both sides: engine and orchestrator"
                " are not changed in one step.",
            )
    return found


def differences(plan: RunPlan, names: tuple[str, ...] = ()) -> tuple[Difference, ...]:
    """What differs, of `COMPARED` and `names`, that at least one side has. One interpreter: nothing."""
    if plan.dagster.python == plan.prefect.python:
        return ()
    asked = tuple(dict.fromkeys((*COMPARED, *names)))
    left, right = (installed(side, asked) for side in plan.sides)
    # What one side has no use for (dbt on a side without it) is no difference unless it is asked for.
    return tuple(
        Difference(name, left.get(name, ""), right.get(name, ""))
        for name in asked
        if left.get(name) != right.get(name) and (name in names or (name in left and name in right))
    )


def installed(side: SidePlan, names: tuple[str, ...]) -> Mapping[str, str]:
    """The versions a side's interpreter has of these distributions, and its own as `python`.

    Raises:
        SideError: it cannot be asked.
    """
    line = [side.python, "-c", ASK, *names]
    try:
        done = subprocess.run(
            line, env=dict(side.environment), capture_output=True, text=True, timeout=ASK_SECONDS
        )
        found: dict[str, str] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise SideError(
            f"the {side.name} side's interpreter cannot say its versions: {problem}", file=side.python
        ) from None
    return found
