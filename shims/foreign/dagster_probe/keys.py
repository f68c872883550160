"""Asset keys of any version of Dagster, and what it makes by itself."""

from __future__ import annotations

from typing import Any

IMPLICIT = ("__ASSET_JOB", "__ANONYMOUS_ASSET_JOB")  # jobs that Dagster makes itself; case varies by version


def is_implicit(name: str) -> bool:
    """Whether Dagster made this job itself."""
    return name.upper().startswith(IMPLICIT)


def path(key: Any) -> str:
    """An asset key, its parts joined by `/`."""
    return "/".join(key.path)


def all_keys(graph: Any) -> set[Any]:
    """Every asset key of the graph; the accessor was renamed in 1.8."""
    newer = getattr(graph, "get_all_asset_keys", None)
    return set(newer() if newer else graph.all_asset_keys)
