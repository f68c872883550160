"""`FilesystemIOManager` → `PickledFiles`: the same files, called in the open by `store` and `load`.

Upstream: https://docs.prefect.io/v3/advanced/results
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster.FilesystemIOManager",
    "pickled_files",
    "PickledFiles",
    ("base_dir",),
    "called at the task's edge; the same files, but without base_dir below DAGSTER_HOME/storage",
    "Change PickledFiles.",
)
