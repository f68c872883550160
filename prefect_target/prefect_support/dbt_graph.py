"""The assets, edges and checks of a dbt project, read from its manifest without importing dbt.

Written by `migrate convert`; yours to edit.

Keys, groups and owners are those that dbt_naming.py says. A dbt test is a check of the node it is
attached to, blocking when its severity is error.

Upstream: https://docs.getdbt.com/reference/artifacts/manifest-json
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from prefect.assets import Asset, AssetProperties

from .dbt_naming import KINDS, Node, NodeNames, is_asset
from .loaded_assets import LoadedAsset
from .validations import CheckSpec


@dataclass(frozen=True)
class DbtAsset:
    """One model, seed or snapshot; `deps` are asset keys, sources included."""

    key: str
    unique_id: str
    resource_type: str
    description: str
    group: str | None
    owners: tuple[str, ...]
    deps: tuple[str, ...]

    def as_asset(self) -> Asset:
        """The Prefect asset."""
        about = AssetProperties(
            name=self.unique_id.split(".")[-1],
            description=self.description[:2500],
            owners=list(self.owners) or None,
        )
        return Asset(key=self.key, properties=about)


@dataclass(frozen=True)
class DbtGraph:
    """The selected assets and their checks; `sources` are the keys read but not made here."""

    assets: tuple[DbtAsset, ...]
    check_of: Mapping[str, CheckSpec]  # the test's unique_id → its check
    path_of: Mapping[str, str] = field(default_factory=dict)  # unique_id → what dbt selects it by

    @property
    def checks(self) -> tuple[CheckSpec, ...]:
        """All checks, in the order of their tests' ids."""
        return tuple(self.check_of[unique_id] for unique_id in sorted(self.check_of))

    @cached_property
    def key_of(self) -> Mapping[str, str]:
        """unique_id → asset key."""
        return {asset.unique_id: asset.key for asset in self.assets}

    def key_for(self, name: str) -> str:
        """The key of a model, seed or snapshot by its dbt name; raises KeyError if there is none."""
        keys = [asset.key for asset in self.assets if asset.unique_id.split(".")[2] == name]
        if not keys:
            raise KeyError(f"no model, seed or snapshot {name!r} in this dbt project")
        return keys[0]

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of upstream assets that are not made by this graph."""
        made = {asset.key for asset in self.assets}
        return tuple(sorted({dep for asset in self.assets for dep in asset.deps} - made))


PROJECTS = set[Path]()
"""The folders of the dbt projects whose manifest this process has read: code_inputs.py asks."""


def read_graph(
    manifest: Path | str,
    *,
    select: str = "",
    exclude: str = "",
    names: NodeNames | None = None,
    project: Any = None,
) -> DbtGraph:
    """The graph in a manifest.json, limited to a selection in dbt's own syntax if one is given.

    Raises FileNotFoundError with the command to run when there is no manifest.
    """
    path = Path(manifest)
    content, naming = _load(path), names or NodeNames()
    PROJECTS.update([up for up in path.absolute().parents if (up / "dbt_project.yml").is_file()][:1])
    nodes = _nodes(content)
    everything = select in ("", "fqn:*") and not exclude
    chosen = set(nodes) if everything else selected_nodes(content, select, exclude)
    assets = tuple(
        _asset(naming.get_asset_spec(content, unique_id, project), unique_id, node)
        for unique_id, node in nodes.items()
        if unique_id in chosen and is_asset(node)
    )
    key_of = {asset.unique_id: asset.key for asset in assets}
    if naming.settings.enable_source_tests_as_checks:
        sources = content.get("sources") or {}
        key_of |= {name: str(naming.get_asset_spec(content, name, project).key) for name in sources}
    checks = _checks(nodes, chosen, key_of) if naming.settings.enable_asset_checks else {}
    paths = {name: ".".join(nodes[name]["fqn"]) for name in (*key_of, *checks) if name in nodes}
    return DbtGraph(assets, checks, paths)


def _asset(said: LoadedAsset, unique_id: str, node: Node) -> DbtAsset:
    return DbtAsset(
        key=str(said.key),
        unique_id=unique_id,
        resource_type=node["resource_type"],
        description=said.description or "",
        group=said.group_name,
        owners=said.owners,
        deps=tuple(sorted({str(dep) for dep in said.deps})),
    )


def selected_of(manifest: Path | str, select: str, exclude: str = "") -> set[str]:
    """The unique_ids that dbt itself selects of a manifest.json."""
    return selected_nodes(_load(Path(manifest)), select, exclude)


def selected_nodes(manifest: Mapping[str, Any], select: str, exclude: str = "") -> set[str]:
    """The unique_ids that dbt itself selects; the only function here that imports dbt."""
    from dbt.artifacts.schemas.manifest import WritableManifest
    from dbt.compilation import Linker
    from dbt.contracts.graph.manifest import Manifest
    from dbt.flags import get_flags, set_from_args
    from dbt.graph.cli import parse_difference
    from dbt.graph.selector import NodeSelector

    if not hasattr(get_flags(), "INDIRECT_SELECTION"):  # dbt has run nothing in this process yet
        set_from_args(Namespace(), {})
    parsed = Manifest.from_writable_manifest(WritableManifest.from_dict(dict(manifest)))
    wanted = parse_difference([select or "fqn:*"], [exclude] if exclude else [])
    return set(NodeSelector(Linker().get_graph(parsed), parsed).get_selected(wanted))


def _load(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; make it with `dbt parse` in the dbt project")
    manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def _nodes(manifest: Mapping[str, Any]) -> dict[str, Node]:
    return {unique_id: node for kind in KINDS for unique_id, node in (manifest.get(kind) or {}).items()}


def _checks(
    nodes: Mapping[str, Node], chosen: set[str], key_of: Mapping[str, str]
) -> Mapping[str, CheckSpec]:
    checks = {}
    for unique_id in chosen:
        node = nodes.get(unique_id)
        if node is None or node["resource_type"] != "test":
            continue
        key = key_of.get(_attached_node(nodes, node))
        if key:
            blocking = ((node.get("config") or {}).get("severity") or "error").lower() == "error"
            about = (node.get("meta") or {}).get("description")
            checks[unique_id] = CheckSpec(node["name"], key, blocking, about)
    return checks


def _attached_node(nodes: Mapping[str, Node], test: Node) -> str:
    """The node a test speaks about; empty when a singular test has several and names none."""
    upstream = set(test["depends_on"]["nodes"])
    attached: str = upstream.pop() if len(upstream) == 1 else test.get("attached_node") or ""
    meta = (test.get("config") or {}).get("meta") or test.get("meta") or {}
    ref = (meta.get("dagster") or {}).get("ref")
    if not ref:
        return attached
    wanted = (ref["name"], ref.get("package") or test["package_name"], ref.get("version"))
    for unique_id, node in nodes.items():
        if (node["name"], node.get("package_name"), node.get("version")) == wanted:
            return unique_id
    return ""
