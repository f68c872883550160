"""What a Prefect target would really run, written as one graph dump of the same shape as Dagster's.

Runs in the target's own interpreter, handed over as one file:

    python prefect_probe.pyz --root DIR --flow planalign.jobs:simulate_year --out FILE

No dependency but Prefect. No task runs: each flow's body is called with `submit`, `map` and calls of
tasks and flows replaced by recorders, so that the graph is what is wired, not what is declared. A body is
traced for its first and last partition, and for both answers where it branches on a task's result. No
server is used. Exit code 0: FILE holds the dump (`migrate/schemas/graph.schema.json`); 2: FILE holds
`{"error": …}`.

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from prefect import Flow, Task

from ..project import answered
from ..versions import versions
from .assets import assets
from .declared import checks
from .deployments import is_deployed, reactions, read_deployments, triggers
from .jobs import job
from .loading import import_target, is_backfill, objects_of
from .recording import trace_flow
from .resources import resource_fields, resource_values, resources
from .wiring import wiring


def main(arguments: list[str]) -> int:
    """Import, trace, write; the exit code is 0 when the target loads, else 2."""
    parser = argparse.ArgumentParser()
    for name in ("--root", "--flow", "--out"):
        parser.add_argument(name, required=True)
    options = parser.parse_args(arguments)
    root, out = Path(options.root).resolve(), Path(options.out).absolute()
    return answered(out, root, lambda: dump_target(root, options.flow), schema=1, side="prefect")


def dump_target(root: Path, main_flow: str) -> dict[str, Any]:
    """The whole dump of the target below `root`."""
    deployments = list(read_deployments(root))
    modules = import_target(root, main_flow, deployments)
    module_name, _, flow_name = main_flow.partition(":")
    if not isinstance(getattr(sys.modules[module_name], flow_name, None), Flow):
        raise LookupError(f"{module_name} holds no flow named {flow_name}")
    found = list(objects_of(modules))
    # A flow that runs another over a range of partitions is what Dagster's backfills are, and no job.
    flows = {v.name: v for _, v in found if isinstance(v, Flow) and not is_backfill(v)}
    schedules, sensors = triggers(deployments, flows)
    found_resources = resources(modules)
    # A flow that only starts others asks the API and looks at the world: it is read, not traced.
    only_start = {t["flow"] for t in (*schedules, *sensors) if t["flow"] != t["job"]}
    traces = {name: list(trace_flow(f)) if name not in only_start else [] for name, f in flows.items()}
    tasks = [v for _, v in found if isinstance(v, Task)]
    tasks += [c.task for ts in traces.values() for t in ts for c in t.calls]
    nested = {n for ts in traces.values() for t in ts for n in t.nested}
    return {
        "schema": 1,
        "side": "prefect",
        "versions": versions("prefect", "prefect-dbt", "dbt-core", "dbt-duckdb", "duckdb"),
        "assets": assets(tasks, traces),
        "checks": checks(tasks),
        "jobs": [
            {**job(flow, traces[name], name in nested), "deployed": is_deployed(flow, deployments)}
            for name, flow in sorted(flows.items())
        ],
        "schedules": schedules,
        "sensors": sensors,
        "reactions": list(reactions(deployments)),
        "resources": sorted(found_resources),
        "resource_values": dict(resource_values(found_resources)),
        "resource_fields": dict(resource_fields(found_resources)),
        "undeployed": [],
        "wiring": wiring(traces),
    }
