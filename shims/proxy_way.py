"""The way from the legacy to the other side: migration.toml, routes, and deployments that some go to.

Read within the legacy interpreter: standard library only, plain enough for Python 3.8.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from migrate.routing_rules import Rule, deciding, state_of

CONFIG = "CHANGEOVER_CONFIG"


@dataclass(frozen=True)
class Way:
    """How to the other side: migration.toml, the routes, the deployments that some of them go to.

    `handover` are keys of values that find their own way.
    """

    config: Path
    rules: tuple[Rule, ...]
    deployments: tuple[Rule, ...] = ()
    handover: frozenset[str] = frozenset()

    def state(self, definition: Any, key: Any) -> str:
        """Where an asset stands."""
        return state_of(self.rules, path(key), group_of(definition, key))

    def deployment(self, definition: Any) -> str:
        """The deployment that makes an assets definition; empty: a flow run of its own does.

        Raises:
            ValueError: its assets are led to different ones, and one function makes them all.
        """
        found = {deciding(self.deployments, path(key), group_of(definition, key)) for key in definition.keys}
        names = {rule.state if rule else "" for rule in found}
        if len(names) > 1:
            raise ValueError(
                f"one function makes {', '.join(map(path, definition.keys))}: one deployment, too"
            )
        return names.pop()


def find_config(near: Path) -> Path:
    """migration.toml from a file or folder upwards."""
    if near.is_file() and near.suffix == ".toml":
        return near
    for folder in (near, *near.parents):
        if (folder / "migration.toml").is_file():
            return folder / "migration.toml"
    raise LookupError(f"no migration.toml from {near} upwards: set {CONFIG} to its path")


def read_toml(file: Path) -> dict[str, Any]:
    """A TOML file; nothing when it is not there."""
    if not file.is_file():
        return {}
    name = "tomllib" if sys.version_info >= (3, 11) else "tomli"
    found: dict[str, Any] = importlib.import_module(name).loads(file.read_text(encoding="utf-8"))
    return found


def read_rules(file: Path, table: str = "routes") -> tuple[Rule, ...]:
    """The routes of a routing.toml, or its deployments."""
    return tuple(Rule(pattern, state) for pattern, state in read_toml(file).get(table, {}).items())


def path(key: Any) -> str:
    """An asset key as one text."""
    return "/".join(key.path)


def group_of(definition: Any, key: Any) -> str:
    """The group of an asset."""
    groups: Any = getattr(definition, "group_names_by_key", {})
    return str(groups.get(key) or "default")
