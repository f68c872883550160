"""What each job selects."""

from __future__ import annotations

from typing import Any

from .keys import path


def selections(repository: Any) -> dict[str, tuple[set[str], set[str]]]:
    """Job name -> (asset keys, "asset:check") it selects, as the web server is told."""
    from dagster._core.remote_representation import external_data

    if hasattr(external_data, "RepositorySnap"):  # 1.9 and newer
        snap = external_data.RepositorySnap.from_def(repository, defer_snapshots=True)
        nodes, checks = snap.asset_nodes, snap.asset_check_nodes or []
    else:
        snap = external_data.external_repository_data_from_def(repository, defer_snapshots=True)
        nodes, checks = snap.external_asset_graph_data, snap.external_asset_checks or []
    found: dict[str, tuple[set[str], set[str]]] = {}
    for node in nodes:
        executable = bool(node.op_name or node.node_definition_name)
        for name in node.job_names if executable else []:
            found.setdefault(name, (set(), set()))[0].add(path(node.asset_key))
    for node in checks:
        for name in node.job_names:
            found.setdefault(name, (set(), set()))[1].add(f"{path(node.asset_key)}:{node.name}")
    return found
