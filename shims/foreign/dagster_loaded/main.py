"""What a loaded project knows of itself that reading its code does not tell, as JSON.

Runs in the legacy project's own interpreter, handed over as one file, from Dagster 1.7 to the newest:

    python dagster_loaded.pyz --root DIR --module shop.definitions --out FILE

The definitions are loaded, nothing in them is executed. Values are told as Python source (`spelling.py`).
Exit code 0: FILE holds the answer; 2: FILE holds `{"error": …}` and why nothing loads.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..dagster_probe.keys import is_implicit
from ..dagster_probe.loading import load_repository
from ..dagster_probe.selections import selections
from ..project import answered
from ..versions import versions
from .names import names_of
from .starting import schedule, sensor
from .steps import all_steps, dbt_nodes


def main(arguments: list[str]) -> int:
    """Load, tell, write; the exit code is 0 when the project loads, else 2."""
    parser = argparse.ArgumentParser()
    for name in ("--root", "--module", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--attribute", default="")
    options = parser.parse_args(arguments)
    root, out = Path(options.root).resolve(), Path(options.out).absolute()
    return answered(out, root, lambda: told(load_repository(options.module, options.attribute), root))


def told(repository: Any, root: Path) -> dict[str, Any]:
    """The answer for one repository."""
    repository.load_all_definitions()
    selected = selections(repository)
    steps, identities = all_steps(repository, root)
    jobs = [j for j in repository.get_all_jobs() if not is_implicit(j.name)]
    return {
        "versions": versions("dagster", "dagster-dbt"),
        "steps": steps,
        "dbt": dbt_nodes(repository),
        "jobs": {
            j.name: {"assets": sorted(selected[j.name][0]), "checks": sorted(selected[j.name][1])}
            for j in jobs
            if j.name in selected
        },
        "job_names": sorted(j.name for j in jobs),
        "schedules": {s.name: schedule(s, root) for s in repository.schedule_defs},
        "sensors": {s.name: sensor(s, root) for s in repository.sensor_defs},
        "names": names_of(repository, identities, root),
    }
