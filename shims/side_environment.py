"""The environment of a side's processes: the user's own, cut loose from everything else that runs here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shims.side_paths import SidePaths

TELEMETRY_OFF = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}
NEVER_INHERITED = ("DAGSTER_", "PREFECT_", "DBT_", "PYTHON", "VIRTUAL_ENV", "XDG_", "CHANGEOVER_")
"""Beginnings of variable names that would tie a side to what the user has running."""
INHERITED_ALL_THE_SAME = ("DBT_ENV_SECRET_", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING")


def inherited(environment: Mapping[str, str], python: str) -> dict[str, str]:
    """The user's environment without what would tie a side to anything outside its folders.

    The interpreter's own folder comes first on PATH: a project that starts `dbt` gets its own.
    """
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith(NEVER_INHERITED) or name.startswith(INHERITED_ALL_THE_SAME)
    }
    kept["PATH"] = os.pathsep.join([str(Path(python).parent), environment.get("PATH", os.defpath)])
    return kept


def own_folders(paths: SidePaths) -> dict[str, str]:
    """Home and scratch of a side, and a Python that leaves no caches in its copy of the source."""
    scratch = str(paths.scratch)
    return {
        "HOME": str(paths.home),
        "TMPDIR": scratch,
        "TEMP": scratch,
        "TMP": scratch,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
        # HOME moves, packages installed for the user do not.
        "PYTHONUSERBASE": str(Path.home() / ".local"),
    }


def expand(value: Any, values: Mapping[str, str]) -> Any:
    """Replace `{name}` in every string of a value, however deep; other braces are left alone."""
    if isinstance(value, str):
        for name, text in values.items():
            value = value.replace("{" + name + "}", text)
        return value
    if isinstance(value, Mapping):
        return {key: expand(item, values) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [expand(item, values) for item in value]
    return value
