"""The dbt project, one step at a time.

This is how the simulation ran before the models were assets, and how analysts still run it:
every step is a dbt process of its own, and its log can be read by itself.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from prefect_support.task_context import TaskContext

# In the order in which they need each other. One string a selection: a list of tags after
# --select is not read as one thinks.
YEAR_STEPS: list[tuple[str, list[str]]] = [
    ("reference data", ["seed"]),
    ("staging", ["run", "--select", "tag:staging"]),
    ("opening workforce and hazards", ["run", "--select", "tag:foundation tag:hazards"]),
    ("events", ["run", "--select", "tag:events"]),
    ("accounting", ["run", "--select", "tag:accounting"]),
    ("marts", ["run", "--select", "tag:marts"]),
    ("history of states", ["snapshot"]),
    ("monitoring", ["run", "--select", "tag:monitoring"]),
    ("tests", ["test"]),
]


def execute_dbt(
    context: TaskContext,
    command: Sequence[str],
    variables: Mapping[str, Any],
    full_refresh: bool = False,
    description: str = "",
) -> None:
    """Run one dbt command and wait for it. Raises when dbt does."""
    arguments = [*command, "--vars", json.dumps(dict(variables))]
    if full_refresh and command[0] in ("run", "seed", "build"):
        arguments.append("--full-refresh")

    context.log.info(f"dbt {' '.join(command)} ({description or 'no description'})")
    context.resources.dbt.cli(arguments)


def simulate_one_year(
    context: TaskContext, year: int, variables: Mapping[str, Any], full_refresh: bool = False
) -> int:
    """All steps of one year. Returns how many dbt processes that took."""
    for description, command in YEAR_STEPS:
        execute_dbt(
            context,
            command,
            {"simulation_year": year, **variables},
            full_refresh=full_refresh,
            description=f"{description}, {year}",
        )
    return len(YEAR_STEPS)
