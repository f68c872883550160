"""What is asked for, as Dagster knows it."""

from __future__ import annotations

import importlib
from typing import Any

from ..dagster_probe.keys import all_keys, path


def load_repository(request: dict[str, Any]) -> tuple[Any, Any]:
    """(how a child process loads it again, the repository itself)."""
    from dagster._core.definitions.reconstruct import ReconstructableRepository

    module, attribute = request["module"], request.get("attribute", "")
    if not attribute:
        from dagster._core.workspace.autodiscovery import loadable_targets_from_loaded_module

        found = loadable_targets_from_loaded_module(importlib.import_module(module))
        if len(found) != 1:
            names = ", ".join(target.attribute for target in found) or "nothing"
            raise LookupError(f"module {module} holds {names} to deploy; name one as legacy.attribute")
        attribute = found[0].attribute
    recon = ReconstructableRepository.for_module(module, attribute, request["root"])
    return recon, recon.get_definition()


def wanted(request: dict[str, Any], repository: Any) -> tuple[set[Any], set[Any]]:
    """(assets, checks) of the request; checks that an asset's own function makes come with the asset.

    Raises:
        LookupError: Dagster knows no such asset or check, or cannot run it.
    """
    from dagster import AssetKey

    graph = repository.asset_graph
    assets = {AssetKey(name.split("/")) for name in request.get("assets", ())}
    checks = set()
    for key in assets:
        if key not in all_keys(graph) or not graph.get(key).is_executable:
            raise LookupError(f"Dagster can run no asset {path(key)}: it is not deployed")
        checks |= set(getattr(graph.get(key).assets_def, "check_keys", ()))
    for asset, name in request.get("checks", ()):
        found = [k for k in graph.asset_check_keys if path(k.asset_key) == asset and k.name == name]
        if not found:
            raise LookupError(f"Dagster can run no check {name} of {asset}: it is not deployed")
        checks.update(found)
    return assets, checks


def asset_job(repository: Any, assets: set[Any], checks: set[Any]) -> str:
    """The name of the job Dagster itself makes for materialising by hand, that holds all of these."""
    names = repository.get_implicit_asset_job_names()
    for name in names:
        layer = repository.get_job(name).asset_layer
        graph = getattr(layer, "asset_graph", None)
        if graph is None:
            return str(name)
        if assets <= all_keys(graph) and checks <= set(graph.asset_check_keys):
            return str(name)
    raise LookupError("these assets cannot be run together: their partitions differ")


def partition_tags(request: dict[str, Any], definition: Any, instance: Any) -> dict[str, str]:
    """The tags Dagster gives a run of this partition; none for what has no partitions.

    Raises:
        ValueError: it has partitions and none was named, or one that is not there.
    """
    key = str(request.get("partition_key") or "")
    if definition is None:
        return {}
    if not key:
        raise ValueError("it has partitions: call it with partition_key=…")
    if key not in definition.get_partition_keys(dynamic_partitions_store=instance):
        raise ValueError(f"'{key}' is no partition of it")
    return dict(definition.get_tags_for_partition_key(key))


def partitions_of(repository: Any, job: Any, assets: set[Any], checks: set[Any]) -> Any:
    """The partitions of what is run: of the assets, of a check's asset, else of the job."""
    keys = assets or {check.asset_key for check in checks}
    if keys:
        known = [k for k in sorted(keys, key=path) if k in all_keys(repository.asset_graph)]
        return next((p for k in known if (p := repository.asset_graph.get(k).partitions_def)), None)
    layer, found = job.asset_layer, getattr(job, "partitions_def", None)
    for key in sorted(getattr(layer, "executable_asset_keys", ()) or (), key=str):
        found = found or layer.get(key).partitions_def
    return found


def run_config(request: dict[str, Any], job: Any, tags: dict[str, str]) -> dict[str, Any]:
    """The run's configuration; `config` of an asset or a check is that of its op."""
    given = request.get("config") or {}
    if request.get("job"):
        if not given and job.partitioned_config is not None and "dagster/partition" in tags:
            given = job.partitioned_config.get_run_config_for_partition_key(request["partition_key"])
        return dict(given)
    if not given:
        return {}
    # A part of the graph is run, so that its nodes are the ops asked for and no other.
    return {"ops": {node.name: {"config": given} for node in job.nodes}}
