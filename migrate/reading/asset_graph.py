"""The deployed assets as Dagster's graph has them: keys, what they need, and what may be asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migrate.reading.dbt_groups import Groups, groups_of, may_say
from migrate.reading.sources import spec_of
from migrate.reading.units import Out, Unit, key_of, text
from migrate.reading.values import Called, flat, known

if TYPE_CHECKING:
    from migrate.model import Model

KIND = "dagster/kind/"
"""Before the name of a kind, among the tags."""
TRAITS = ("tags", "kinds", "owners", "group_name")


@dataclass(frozen=True)
class Node:
    """One key. `made` is False for what Dagster only knows of, `source` True for what nothing declares;
    `unsure` are traits that were not told."""

    key: str
    parents: frozenset[str] = frozenset()
    group: str = "default"
    tags: Mapping[str, str] | None = None
    owners: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()
    made: bool = True
    source: bool = False
    dbt: bool = False
    unsure: frozenset[str] = frozenset()


class AssetGraph:
    """All nodes by key, those nobody makes included."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._groups: list[Groups] = []
        units = [u for u in model.deployed_units if u.does in ("asset", "dbt")]
        self.nodes: dict[str, Node] = {}
        for spec in flat(list(model.deployed_values.get("assets", ()))):
            for node in _external(spec):
                self.nodes[node.key] = node
        self.nodes.update({node.key: node for unit in units for node in self._of_unit(unit)})
        for unit in units:
            if unit.stand_in:
                self.nodes[unit.stand_in] = Node(unit.stand_in, group=unit.group or "default")
        for key in [p for node in self.nodes.values() for p in node.parents]:
            self.nodes.setdefault(key, Node(key, made=False, source=True))
        self.made = frozenset(k for k, node in self.nodes.items() if node.made)
        self._children: dict[str, set[str]] = {key: set() for key in self.nodes}
        for node in self.nodes.values():
            for parent in node.parents:
                self._children[parent].add(node.key)

    def _of_unit(self, unit: Unit) -> Iterator[Node]:
        value = self._model.project.value
        whole = {name: value(unit.construct, name, None, unit.scope) for name in TRAITS}
        apart = unit.does == "dbt" or value(unit.construct, "can_subset", None, unit.scope) is True
        together = frozenset() if apart else frozenset(unit.keys)
        own = self._spelled(unit)
        said = groups_of(self._model, unit.construct) if unit.does == "dbt" else Groups({})
        if unit.does == "dbt":
            self._groups.append(said)
        for out in unit.outs:
            if out.key:
                group, tags, owners, unsure = _traits([whole, own.get(out.name, {})])
                yield Node(
                    key=out.key,
                    parents=self._parents(unit, out),
                    group=unit.group or said.by_key.get(out.key) or group,
                    tags={**tags, **({f"{KIND}dbt": ""} if unit.does == "dbt" else {})},
                    owners=owners,
                    together=together,
                    made="observable" not in unit.construct.kind,
                    dbt=unit.does == "dbt",
                    unsure=unsure,
                )

    def groups_untold(self, wanted: str) -> list[str]:
        """Why some of dbt's models may have a group that their nodes do not show; nothing if none may."""
        if any(not said.told for said in self._groups):
            return ["the translator of dbt's models tells their groups when the code runs"]
        by_dbt = any(not said.own for said in self._groups)
        if by_dbt and may_say(self._model, wanted):
            return [f"dbt's models may have the group {wanted}"]
        return []

    def _parents(self, unit: Unit, out: Out) -> frozenset[str]:
        if unit.does == "dbt" and out.deps is None:
            return frozenset(self._model.dbt.lineage.get(out.key, ())) or frozenset(unit.upstream)
        if out.deps is None:
            return frozenset(unit.upstream)
        return frozenset(out.deps) | frozenset(i.key for i in unit.inputs if not out.deps)

    def _spelled(self, unit: Unit) -> dict[str, dict[str, Any]]:
        """The arguments of each `AssetOut` and `AssetSpec`, by the name of the output."""
        value = self._model.project.value
        outs = value(unit.construct, "outs", None, unit.scope)
        named = dict(outs) if isinstance(outs, dict) else {}
        for spec in flat(value(unit.construct, "specs", None, unit.scope)):
            named[key_of(spec).replace("/", "__")] = spec
        return {
            str(name): {trait: given.get(trait) for trait in TRAITS}
            for name, given in named.items()
            if isinstance(given, Called)
        }

    def walk(self, keys: Iterable[str], up: bool, depth: int | None = None) -> frozenset[str]:
        """The keys and what is connected to them within so many steps; None is all the way."""
        found, front, done = set(keys), set(keys), 0
        while front and (depth is None or done < depth):
            done += 1
            front = {k for key in front for k in self._beside(key, up)} - found
            found |= front
        return frozenset(found)

    def _beside(self, key: str, up: bool) -> Iterable[str]:
        if up:
            return self.nodes[key].parents if key in self.nodes else ()
        return self._children.get(key, ())

    def ends(self, keys: frozenset[str], up: bool) -> frozenset[str]:
        """The keys that have none of the others upstream, or downstream, however far away."""
        return frozenset(k for k in keys if not (self.walk({k}, up) - {k}) & keys)


def graph_of(model: Model) -> AssetGraph:
    """A model's graph, made once: a large project asks for it thousands of times."""
    found = model.__dict__.get("_asset_graph")
    if found is None:
        found = model.__dict__["_asset_graph"] = AssetGraph(model)
    assert isinstance(found, AssetGraph)
    return found


def _external(spec: Any) -> Iterator[Node]:
    spec = spec_of(spec)
    if spec is not None and key_of(spec):
        group, tags, owners, unsure = _traits([{trait: spec.get(trait) for trait in TRAITS}])
        parents = frozenset(k for k in (key_of(d) for d in flat(spec.get("deps"))) if k)
        yield Node(key_of(spec), parents, group, tags, owners, made=False, unsure=unsure)


def _traits(
    given: Iterable[Mapping[str, Any]],
) -> tuple[str, dict[str, str], frozenset[str], frozenset[str]]:
    """Group, tags with kinds among them, owners, and the names of those that could not be told."""
    group, tags, owners = "", {}, set()
    unsure = set()
    for traits in given:
        unsure |= {_asked(name) for name, worth in traits.items() if not known(worth)}
        group = text(traits.get("group_name")) or group
        own = traits.get("tags")
        tags.update({str(k): str(v) for k, v in own.items()} if isinstance(own, dict) else {})
        tags.update({f"{KIND}{kind}": "" for kind in flat(traits.get("kinds")) if isinstance(kind, str)})
        owners |= {o for o in flat(traits.get("owners")) if isinstance(o, str)}
    return group or "default", tags, frozenset(owners), frozenset(unsure)


def _asked(name: str) -> str:
    return {"kinds": "kind", "owners": "owner", "group_name": "group"}.get(name, "tag")
