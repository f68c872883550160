"""What the assets of a Sling replication are called: one for each stream.

Written by `migrate convert`; yours to edit.

    StreamNames(target_prefix="raw").get_asset_spec({"name": "public.users", "config": None}).key
    # asset://raw/public/users, which needs asset://public/users

`meta.dagster` of a stream, or of the replication's `defaults`, may say otherwise.

Upstream: https://docs.slingdata.io/concepts/replication
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .asset_key import Key
from .loaded_assets import LoadedAsset

Replication = Mapping[str, Any] | str | Path


def read_replication(given: Replication) -> dict[str, Any]:
    """A replication as a dictionary, from one or from its YAML or JSON file."""
    if isinstance(given, Mapping):
        return dict(given)
    found: dict[str, Any] = yaml.safe_load(Path(given).read_text(encoding="utf-8"))
    return found


def streams_of(replication: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Its streams that are not disabled, as `name` and `config`; what `defaults` say of assets is in it."""
    defaults = ((replication.get("defaults") or {}).get("meta") or {}).get("dagster") or {}
    for name, given in (replication.get("streams") or {}).items():
        config = given
        if config and config.get("disabled", False):
            continue
        if defaults:
            config = deepcopy(config) or {}
            meta = config.get("meta") or {}
            config["meta"] = {**meta, "dagster": {**defaults, **(meta.get("dagster") or {})}}
        yield {"name": name, "config": config}


@dataclass
class StreamNames:
    """What the asset of a stream is called, and needs. Override single methods, or `get_asset_spec`."""

    target_prefix: str = "target"

    def get_asset_spec(self, stream_definition: Mapping[str, Any]) -> LoadedAsset:
        """Everything that is said of a stream's asset."""
        return LoadedAsset(
            key=Key(self.get_asset_key(stream_definition)),
            deps=tuple(Key(dep) for dep in self.get_deps_asset_key(stream_definition)),
            group_name=self.get_group_name(stream_definition),
            description=self.get_description(stream_definition),
            tags=self.get_tags(stream_definition) or {},
            kinds=frozenset(self.get_kinds(stream_definition) or ()),
            metadata=self.get_metadata(stream_definition),
        )

    def sanitize_stream_name(self, stream_name: str) -> str:
        """The name in lower case, with nothing but letters, digits, underscores and dots."""
        return re.sub(r"[^a-zA-Z0-9_.]+", "_", stream_name.replace('"', "")).lower()

    def get_asset_key(self, stream_definition: Mapping[str, Any]) -> str:
        """The key: `meta.dagster.asset_key`, else the prefix and the object's or the stream's name."""
        config = stream_definition.get("config") or {}
        said = _said(stream_definition).get("asset_key")
        if said:
            return Key.of(*self._clean(said, stream_definition).split("."))
        name = config.get("object") or stream_definition["name"]
        return Key.of(self.target_prefix, *self.sanitize_stream_name(name).split("."))

    def get_deps_asset_key(self, stream_definition: Mapping[str, Any]) -> Iterable[str]:
        """What it needs: `meta.dagster.deps`, else a key of the stream's name."""
        said = _said(stream_definition).get("deps")
        if said:
            listed = [said] if isinstance(said, str) else said
            return [Key.of(*self._clean(dep, stream_definition).split(".")) for dep in listed]
        return [Key.of(*self.sanitize_stream_name(stream_definition["name"]).split("."))]

    def get_description(self, stream_definition: Mapping[str, Any]) -> str | None:
        """Its query, else `meta.dagster.description`."""
        config = stream_definition.get("config") or {}
        return config["sql"] if "sql" in config else _said(stream_definition).get("description")

    def get_group_name(self, stream_definition: Mapping[str, Any]) -> str | None:
        """`meta.dagster.group`, else none."""
        return _said(stream_definition).get("group")

    def get_tags(self, stream_definition: Mapping[str, Any]) -> Mapping[str, str]:
        """Its tags."""
        return {}

    def get_kinds(self, stream_definition: Mapping[str, Any]) -> set[str]:
        """Its kinds."""
        return {"sling"}

    def get_metadata(self, stream_definition: Mapping[str, Any]) -> Mapping[str, Any]:
        """The stream's own configuration."""
        return {"stream_config": stream_definition.get("config") or {}}

    def _clean(self, said: str, stream_definition: Mapping[str, Any]) -> str:
        if self.sanitize_stream_name(said) != said:
            raise ValueError(
                f"{said}, said of stream {stream_definition['name']}, may hold a-z, 0-9, _ and . only"
            )
        return said


def _said(stream_definition: Mapping[str, Any]) -> Mapping[str, Any]:
    config = stream_definition.get("config") or {}
    return (config.get("meta") or {}).get("dagster") or {}
