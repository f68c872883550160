"""What a legacy project deploys, as Dagster itself loads it, written as one JSON graph dump.

Runs in the legacy project's own interpreter, handed over as one file, from Dagster 1.7 to the newest:

    python dagster_probe.pyz --root DIR --module planalign.definitions --out FILE

No dependency but Dagster, because nothing else is promised to be there. No asset, op or check is
executed. Exit code 0: FILE holds the dump (`migrate/schemas/graph.schema.json`); 2: FILE holds
`{"error": …}` and why nothing loads.

Upstream: https://docs.dagster.io/api/dagster/definitions
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..project import answered
from ..versions import versions
from .assets import asset, check, check_name
from .conditions import with_defaults
from .jobs import job
from .keys import all_keys, is_implicit
from .loading import load_repository
from .resources import resource_fields, resource_values
from .schedules import schedule, sensor
from .selections import selections
from .undeployed import places, undeployed

IMPLICIT_SENSOR = "default_automation_condition_sensor"  # stands for the assets' own conditions


def main(arguments: list[str]) -> int:
    """Load, dump, write; the exit code is 0 when the project loads, else 2."""
    parser = argparse.ArgumentParser()
    for name in ("--root", "--module", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--attribute", default="")
    options = parser.parse_args(arguments)
    root, out = Path(options.root).resolve(), Path(options.out).absolute()

    def ask() -> dict[str, Any]:
        dump = dump_repository(load_repository(options.module, options.attribute))
        dump["undeployed"], dump["unimportable"] = undeployed(root, options.module, dump.pop("_places"), dump)
        return dump

    return answered(out, root, ask, schema=1, side="dagster")


def dump_repository(repository: Any) -> dict[str, Any]:
    """Everything deployed; `_places` are the code places of the functions behind it."""
    import dagster

    repository.load_all_definitions()
    graph = repository.asset_graph
    sensors = [s for s in repository.sensor_defs if s.name != IMPLICIT_SENSOR]
    jobs = [j for j in repository.get_all_jobs() if not is_implicit(j.name)]
    selected = selections(repository)
    return {
        "schema": 1,
        "side": "dagster",
        "versions": versions("dagster", "dagster-dbt", "dbt-core", "dbt-duckdb", "duckdb"),
        "assets": with_defaults([asset(graph.get(key)) for key in sorted(all_keys(graph))], repository),
        "checks": sorted((check(graph, key) for key in graph.asset_check_keys), key=check_name),
        "jobs": sorted(
            (job(j, *selected.get(j.name, (set(), set()))) for j in jobs), key=lambda j: j["name"]
        ),
        "schedules": sorted(
            (schedule(s, repository, selected) for s in repository.schedule_defs), key=lambda s: s["name"]
        ),
        "sensors": sorted((sensor(s, dagster) for s in sensors), key=lambda s: s["name"]),
        "resources": sorted(repository.get_top_level_resources()),
        "resource_values": dict(resource_values(repository)),
        "resource_fields": dict(resource_fields(repository)),
        "_places": places(repository),
    }
