"""What the asset of a dbt node is called, needs, and is said to be: the defaults, to override one by one.

Written by `migrate convert`; yours to edit. Used by dbt_graph.py.

    class Prefixed(NodeNames):
        def get_asset_key(self, node: Node) -> str:
            return super().get_asset_key(node).with_prefix("shop")

Keys follow what dagster-dbt does by default: `meta.dagster.asset_key` if there is one, else the
configured schema and the name; a source is its source's name and its table's name.

Upstream: https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .asset_key import Key
from .loaded_assets import LoadedAsset

KINDS = ("sources", "nodes", "metrics", "semantic_models", "saved_queries", "functions")
ASSET_TYPES = ("model", "seed", "snapshot")
Node = Mapping[str, Any]


@dataclass(frozen=True)
class NodeSettings:
    """Whether dbt tests are checks, and whether those of sources are."""

    enable_asset_checks: bool = True
    enable_source_tests_as_checks: bool = False


class NodeNames:
    """Override single methods, or `get_asset_spec`, which asks them."""

    settings = NodeSettings()

    def __init__(self, settings: NodeSettings | None = None) -> None:
        self.settings = settings or NodeSettings()

    def get_resource_props(self, manifest: Node, unique_id: str) -> Node:
        """A node of the manifest; raises KeyError if there is none."""
        node: Node = next(manifest[kind][unique_id] for kind in KINDS if unique_id in manifest.get(kind, {}))
        return node

    def get_asset_spec(self, manifest: Node, unique_id: str, project: Any = None) -> LoadedAsset:
        """Everything that is said of a node's asset; `project` is the DbtProject, if it was told."""
        said = self.__dict__.setdefault("_said", {})  # each is asked for by all that it is upstream of
        if (id(manifest), unique_id) not in said:
            said[id(manifest), unique_id] = self._said_of(manifest, unique_id, project)
        found: LoadedAsset = said[id(manifest), unique_id]
        return found

    def _said_of(self, manifest: Node, unique_id: str, project: Any) -> LoadedAsset:
        node = self.get_resource_props(manifest, unique_id)
        parents = dict.fromkeys(nearest(manifest, node))
        deps = dict.fromkeys(Key(self.get_asset_spec(manifest, p, project).key) for p in parents)
        return LoadedAsset(
            key=Key(self.get_asset_key(node)),
            deps=tuple(deps),
            group_name=self.get_group_name(node),
            description=self.get_description(node),
            owners=tuple(self.get_owners(_with_team(manifest, node)) or ()),
            tags=self.get_tags(node) or {},
            metadata=self.get_metadata(node) or {},
        )

    def get_asset_key(self, node: Node) -> Key:
        """The key."""
        meta = (node.get("config") or {}).get("meta") or node.get("meta") or {}
        given = (meta.get("dagster") or {}).get("asset_key")
        if given:
            return Key.of(given) if isinstance(given, str) else Key.of(*given)
        if node["resource_type"] == "source":
            return Key.of(node["source_name"], node["name"])
        if node.get("version"):
            return Key.of(node["alias"])
        schema = node["config"].get("schema")
        return Key.of(node["name"]) if schema is None else Key.of(schema, node["name"])

    def get_group_name(self, node: Node) -> str | None:
        """The group: `meta.dagster.group`, else dbt's own."""
        meta = (node.get("meta") or {}).get("dagster") or {}
        group: str | None = meta.get("group") or (node.get("config") or {}).get("group")
        return group

    def get_description(self, node: Node) -> str | None:
        """What the project says of it."""
        return node.get("description") or f"dbt {node['resource_type']} {node['name']}"

    def get_owners(self, node: Node) -> Sequence[str] | None:
        """The owners: `meta.dagster.owners`, else the address of the group's owner."""
        meta = (node.get("meta") or {}).get("dagster") or {}
        group = node.get("group")
        team = (group.get("owner") or {}).get("email") if isinstance(group, Mapping) else None
        owners = meta.get("owners") or team or ()
        return (owners,) if isinstance(owners, str) else tuple(owners)

    def get_tags(self, node: Node) -> Mapping[str, str]:
        """Its tags."""
        return dict.fromkeys(node.get("tags") or (), "")

    def get_metadata(self, node: Node) -> Mapping[str, Any]:
        """What else is said of it."""
        return {}


def is_asset(node: Node) -> bool:
    """Whether a node is an asset of its own: ephemeral models are part of what selects from them."""
    return node["resource_type"] in ASSET_TYPES and node["config"].get("materialized") != "ephemeral"


def nearest(manifest: Node, node: Node) -> Iterator[str]:
    """The nearest ancestors that are assets or sources: ephemeral models and metrics are looked through."""
    for parent in (node.get("depends_on") or {}).get("nodes", []):
        ancestor = next((manifest[kind][parent] for kind in KINDS if parent in manifest.get(kind, {})), None)
        if ancestor is None:
            continue
        if ancestor["resource_type"] == "source" or is_asset(ancestor):
            yield parent
        elif ancestor["resource_type"] not in ("test", "analysis", "operation"):
            yield from nearest(manifest, ancestor)


def _with_team(manifest: Node, node: Node) -> Node:
    """The node with what the project says of its group, in place of the group's name."""
    team = next((t for t in manifest.get("groups", {}).values() if t["name"] == node.get("group")), None)
    return {**node, "group": team} if team else node
