"""The assets that routing is about, as `migrate verify` saw Dagster load them; where a route breaks them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrate import files
from migrate.errors import ConfigError, EvidenceError
from migrate.routing_rules import BY_PREFECT, GROUP, Conflict, Rule, deciding, is_glob, state_of
from migrate.workspace import Workspace, read_json

if TYPE_CHECKING:
    from migrate.config import Migration
    from migrate.routing import Routing

DEFAULT_STORE = "io_manager"
"""Dagster's own IO manager: pickles that no other program reads."""


@dataclass(frozen=True)
class Node:
    """One asset that Dagster runs. `step` makes it, maybe with others; `loads` are inputs taken as values."""

    key: str
    group: str = "default"
    deps: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    step: str = ""
    store: str = ""


@dataclass(frozen=True)
class Graph:
    """All assets that Dagster runs, by key."""

    nodes: Mapping[str, Node]
    file: Path

    @property
    def groups(self) -> dict[str, list[str]]:
        """Group → its assets, both sorted."""
        found: dict[str, list[str]] = {}
        for key, node in sorted(self.nodes.items(), key=lambda item: (item[1].group, item[0])):
            found.setdefault(node.group, []).append(key)
        return found

    def unit(self, key: str) -> set[str]:
        """The assets made by the same function as this one, itself included."""
        step = self.nodes[key].step
        return {key} if not step else {k for k, node in self.nodes.items() if node.step == step}

    def select(self, words: Iterable[str]) -> list[str]:
        """The assets that these keys, groups and globs mean, sorted.

        Raises:
            ConfigError: a word means none.
        """
        found: set[str] = set()
        for word in words:
            rule = Rule(word.removeprefix("asset://"), "dagster")
            hits = {key for key, node in self.nodes.items() if rule.matches(key, node.group)}
            if not hits:
                raise self.unknown(word)
            found |= hits
        return sorted(found)

    def unknown(self, word: str, file: Path | None = None, line: int | None = None) -> ConfigError:
        """The error for a word that means no asset, with what it may have been meant to be."""
        groups = [f"{GROUP}{name}" for name in self.groups]
        near = difflib.get_close_matches(word, [*self.nodes, *groups], n=3)
        what = "no group" if word.startswith(GROUP) else "no asset matches" if is_glob(word) else "no asset"
        hint = f"Did you mean {' or '.join(near)}?" if near else "`migrate status` lists groups and assets."
        return ConfigError(
            f"{what} {word.removeprefix(GROUP)} that Dagster runs", file=file, line=line, remedy=hint
        )


def load_graph(migration: Migration, *, stale: bool = False) -> Graph:
    """The graph that `migrate verify` left; `stale`: also one of older legacy code.

    Raises:
        EvidenceError: there is none, or the legacy code has changed since.
    """
    file = Workspace.of(migration).graph
    if not file.is_file():
        raise EvidenceError(
            "Dagster's graph has not been read yet", file=file, remedy="Run `migrate verify` first."
        )
    record = read_json(file)
    if not stale and record.get("legacy_sha256") != files.digest_tree(migration.root / migration.legacy.root):
        raise EvidenceError(
            "the legacy code has changed since its graph was read",
            file=file,
            remedy="Run `migrate verify` again.",
        )
    return Graph({node["key"]: _node(node) for node in record["assets"] if not node.get("source")}, file)


def graph_record(dump: Mapping[str, Any], legacy_sha256: str) -> dict[str, Any]:
    """What `migrate verify` keeps of Dagster's graph."""
    kept = ("key", "group", "deps", "loads", "step", "store", "source")
    assets = [{name: asset.get(name) for name in kept} for asset in dump["assets"]]
    return {
        "schema": 1,
        "legacy_sha256": legacy_sha256,
        "assets": assets,
        "checks": sorted(f"{c['asset']}:{c['name']}" for c in dump.get("checks", [])),
        "schedules": dump.get("schedules", []),
    }


def _node(record: Mapping[str, Any]) -> Node:
    return Node(
        key=record["key"],
        group=record.get("group") or "default",
        deps=tuple(record.get("deps") or ()),
        loads=tuple(record.get("loads") or ()),
        step=record.get("step") or "",
        store=record.get("store") or "",
    )


@dataclass(frozen=True)
class Hole:
    """An asset that Prefect makes, read as a value by one that Dagster runs, with no way to get at it."""

    maker: str
    reader: str

    def __str__(self) -> str:
        return f"{self.maker} → {self.reader}"


def states(routing: Routing, graph: Graph) -> dict[str, str]:
    """The state of every asset.

    Raises:
        ConfigError: a route means no asset, two contradict each other, or one function's assets are apart.
    """
    for rule in (*routing.rules, *routing.deployments):
        if not any(rule.matches(key, node.group) for key, node in graph.nodes.items()):
            raise graph.unknown(rule.pattern, routing.file, rule.line)
    for key in routing.handover:
        if key not in graph.nodes:
            raise graph.unknown(key, routing.file, routing.line_of(key))
    found = {}
    for key, node in graph.nodes.items():
        try:
            found[key] = state_of(routing.rules, key, node.group)
        except Conflict as conflict:
            raise ConfigError(
                str(conflict),
                file=routing.file,
                line=conflict.rule.line,
                remedy="Name the asset itself, or make one pattern more specific.",
            ) from None
    _not_apart(found, routing, graph)
    return found


def _not_apart(found: Mapping[str, str], routing: Routing, graph: Graph) -> None:
    for key in sorted(found):
        others = [other for other in sorted(graph.unit(key)) if found[other] != found[key]]
        if others:
            rule = deciding(routing.rules, others[0], graph.nodes[others[0]].group)
            raise ConfigError(
                f"{key} is {found[key]} and {others[0]} is {found[others[0]]}, but one function makes both",
                file=routing.file,
                line=rule.line if rule else None,
                remedy=f"Route all assets of {graph.nodes[key].step} alike.",
            )


def holes(found: Mapping[str, str], routing: Routing, graph: Graph) -> list[Hole]:
    """Every hole of a routing: nothing may run with one.

    A bare dependency hands nothing over: both orchestrators write and read the project's own storage.
    A value goes through an IO manager: one that the project declares keeps its paths under Prefect,
    Dagster's default does not.
    """
    return [
        Hole(maker, key)
        for key, node in sorted(graph.nodes.items())
        if found[key] not in BY_PREFECT
        for maker in node.loads
        if found.get(maker) in BY_PREFECT
        and graph.nodes[maker].store in ("", DEFAULT_STORE)
        and maker not in routing.handover
    ]
