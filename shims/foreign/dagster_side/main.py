"""Runs the legacy job in the legacy interpreter: `python dagster_side.pyz request.json`.

Started in an environment that has Dagster (1.7 to the newest) and nothing of ours. Each year
is a real run of a real instance with the project's own executor. What happens is read from the
instance's event log and appended to the `events` file of the request; nothing is said on stdout.

Exit code: 0 all years succeeded, 1 one failed (later ones are then not started), 3 something else broke.

Upstream: https://docs.dagster.io/api/dagster/execution#dagster.execute_job
"""

from __future__ import annotations

import importlib
import importlib.metadata
import time
from typing import TYPE_CHECKING, Any

from ..side import cpu_seconds, keep_year, side
from .watcher import RunWatcher

if TYPE_CHECKING:
    from ..side import SideEvents

DISTRIBUTIONS = ("dagster", "dagster-dbt", "dbt-core", "dbt-duckdb", "duckdb")


def main(arguments: list[str]) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    return side(arguments[0], DISTRIBUTIONS, run_all)


def run_all(request: dict[str, Any], events: SideEvents) -> bool:
    """Run the years of the request in order, stop at the first that fails; True when none did."""
    from dagster import DagsterInstance
    from dagster._core.definitions.reconstruct import ReconstructableRepository

    attribute = find_definitions(request["module"], request.get("attribute", ""))
    repository = ReconstructableRepository.for_module(request["module"], attribute, request["root"])
    recon = repository.get_reconstructable_job(request["job"])
    recon.get_definition()
    with DagsterInstance.get() as instance:
        return all(run_year(request, run, recon, instance, events) for run in request["runs"])


def run_year(
    request: dict[str, Any], run: dict[str, Any], recon: Any, instance: Any, events: SideEvents
) -> bool:
    """One run of the job; True when Dagster says it succeeded."""
    from dagster import execute_job

    year, started, cpu = run["year"], time.monotonic(), cpu_seconds()
    events.emit("year_started", year=year, partition=run.get("partition", ""))
    job = recon.get_definition()
    tags = {**request["tags"], "changeover.year": str(year)}
    watcher = RunWatcher(instance, dict(tags), year, events)
    tags.update(partition_tags(job, str(run.get("partition", "")), instance))
    config = run.get("run_config") or None
    if config is None and job.partitioned_config is not None and "dagster/partition" in tags:
        config = job.partitioned_config.get_run_config_for_partition_key(str(run["partition"]))
    watcher.start()
    with execute_job(recon, instance=instance, run_config=config, tags=tags) as result:
        ok, run_id = bool(result.success), result.run_id
    watcher.finish(run_id)
    facts = {"run_id": run_id, "ok": ok, "seconds": round(time.monotonic() - started, 3)}
    facts["cpu_seconds"] = round(cpu_seconds() - cpu, 3)
    facts["observer_cpu_seconds"] = round(watcher.cpu_seconds, 3)
    message = "" if ok else "; ".join(watcher.failures)[:2000] or "the run failed"
    events.emit("year_finished", year=year, message=message, **facts)
    if ok:
        keep_year(request, year, events)
    return ok


def find_definitions(module_name: str, attribute: str) -> str:
    """The name of the module's Definitions: the given attribute, or the only one there is."""
    from dagster import Definitions, RepositoryDefinition

    module = importlib.import_module(module_name)
    if attribute:
        getattr(module, attribute)
        return attribute
    found: dict[int, str] = {}
    for name, value in vars(module).items():
        if (
            isinstance(value, (Definitions, RepositoryDefinition))
            or type(value).__name__ == "LazyDefinitions"
        ):
            found.setdefault(id(value), name)
    if len(found) != 1:
        names = ", ".join(found.values()) or "none"
        raise LookupError(
            f"module {module_name} holds {names} as Definitions; name one as legacy.attribute"
            " in migration.toml"
        )
    return next(iter(found.values()))


def partition_tags(job: Any, key: str, instance: Any) -> dict[str, str]:
    """The tags Dagster gives a run of this partition; none for a job without partitions.

    Raises:
        ValueError: the job has partitions, and this is none of them.
    """
    definition = getattr(job, "partitions_def", None)
    layer = job.asset_layer
    for asset in sorted(getattr(layer, "executable_asset_keys", ()), key=str):
        definition = definition or layer.get(asset).partitions_def
    if not key or definition is None:
        return {}
    known = definition.get_partition_keys(dynamic_partitions_store=instance)
    if key not in known:
        raise ValueError(f"'{key}' is no partition of job {job.name}")
    return dict(definition.get_tags_for_partition_key(key))
