"""Resources that the Definitions of a project give differently: a flow gets those of its own Definitions.

Code locations share a package, or a file of examples stands beside another: `store` is one thing in the first
and another in the second. What `Definitions.merge` puts together cannot differ: Dagster refuses that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.deployed_resources import Resource, deployed_resources, resources_of
from migrate.reading.project import Project
from migrate.reading.values import Called, Decorated, Unknown, flat

STORE = "io_manager"
NOT_MADE = Called("dagster.FilesystemIOManager")
"""What keeps the values of Definitions that name no `io_manager`."""
STARTED = ("job", "target")
MEMORY = ("dagster.InMemoryIOManager", "dagster.mem_io_manager")


@dataclass(frozen=True)
class Apart:
    """Who holds what, and which resources each gives that another gives differently.

    `holders` are the places of Definitions by what they hold: a unit's identity, the place of a job; those
    that are put together count as one. `given` are the differing resources of each of the Definitions by
    key, `usual` those of the project as a whole.
    """

    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    given: Mapping[str, Mapping[str, Resource]] = field(default_factory=dict)
    usual: Mapping[str, Resource] = field(default_factory=dict)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """All of them."""
        return tuple(r for own in self.given.values() for r in own.values() if r.function)

    def together(self, unit: str, asked: str) -> bool:
        """Whether some Definitions hold both this unit and who asks for it, as far as reading can tell."""
        here, there = self.holders.get(unit), self.holders.get(asked)
        return here is None or there is None or bool({*here} & {*there})

    def of(self, members: Iterable[str], first: str = "") -> Mapping[str, Resource]:
        """The resources of a flow over these units, or of the job `first`, that are not the usual ones."""
        held = [set(self.holders[m]) for m in members if m in self.holders]
        held = [set(self.holders[first])] if first in self.holders else held
        if not self.given or not held:
            return {}
        shared = set.intersection(*held) or set.union(*held)
        keys = dict.fromkeys(key for own in self.given.values() for key in own)
        found = {key: self._one(key, sorted(shared)) for key in keys}
        return {key: resource for key, resource in found.items() if resource is not None}

    def _one(self, key: str, holders: Sequence[str]) -> Resource | None:
        """What these Definitions give alike, None where that is the usual; else one that nothing makes."""
        given = [self.given.get(holder, {}).get(key) or self.usual[key] for holder in holders]
        if any(told(one) != told(given[0]) for one in given):
            return Resource(key, Unknown("it is another in other Definitions that hold this"), "", "")
        kept = {_storage(given[0]), _storage(self.usual[key])}
        if len(kept) > 1:
            return Resource(key, Unknown("it keeps values in another way in other Definitions"), "", "")
        return None if given[0] == self.usual[key] else given[0]


def told(resource: Resource) -> str:
    """What a resource is made of, whatever Definitions name it."""
    node = resource.node
    if node is not None:
        return f"{resource.written} {cst.Module([]).code_for_node(node)}"
    return f"{resource.module}:{resource.function} {resource.cases!r}"


def _storage(resource: Resource) -> str:
    """The class of a storage that keeps values in tables or in memory; the others are called alike."""
    path = resource.type_path
    return path if path in MEMORY or path.endswith(("DuckDBPandasIOManager", "DuckDBPolarsIOManager")) else ""


def resources_apart(
    project: Project, held: Mapping[str, Sequence[Any]], merged: Sequence[Sequence[str]]
) -> Apart:
    """Which of the Definitions give resources of one key differently.

    Args:
        project: the project.
        held: place of a call of `Definitions` → what its arguments are worth.
        merged: places of those that are put together.
    """
    calls = [project.constructs[place] for place in held]
    usual = deployed_resources(project, calls)
    given = {c.place: dict(resources_of(project, c, "resources")) for c in calls}
    for places in merged:
        joined = {key: one for place in places for key, one in given.get(place, {}).items()}
        given.update({place: joined for place in places if place in given})
    if STORE in usual:
        for call in calls:
            given[call.place].setdefault(STORE, Resource(STORE, NOT_MADE, "", ""))
    by_key = {key: [own[key] for own in given.values() if key in own] for key in usual}
    differ = {key for key, several in by_key.items() if len({worth_of(project, one) for one in several}) > 1}
    first = _first_of_merged(held, merged)
    holders: dict[str, dict[str, None]] = {}
    for place, values in held.items():
        for member in _members(project, values):
            holders.setdefault(member, {})[first[place]] = None
    apart = {place: {k: one for k, one in own.items() if k in differ} for place, own in given.items()}
    return Apart({m: tuple(found) for m, found in holders.items()}, apart if differ else {}, usual)


def merged_places(value: Any) -> list[Any]:
    """The calls of `Definitions` that a call puts together; unknown if reading cannot tell one of them."""
    if not isinstance(value, Called):
        return [Unknown("it is put together when the code runs")]
    if value.name == "dagster.Definitions":
        return [value.place]
    return [place for part in flat(list(value.args)) for place in merged_places(part)]


def _first_of_merged(held: Iterable[str], merged: Iterable[Sequence[str]]) -> dict[str, str]:
    """Each of the Definitions → the first of those that it is put together with."""
    first = {place: place for place in held}
    for places in merged:
        roots = {first[place] for place in places if place in first}
        first.update({place: min(roots) for place, root in first.items() if root in roots})
    return first


def worth_of(project: Project, resource: Resource) -> str:
    """Tells resources apart by what they are made of: the same text of the same module is the same."""
    if resource.node is None and resource.function:
        nodes = project.names.modules[resource.module].nodes.get(resource.function, ())
        values = [n.value for n in nodes if isinstance(n, cst.Assign | cst.AnnAssign) and n.value is not None]
        if len(values) == len(nodes) == 1:
            return _spelled(resource.value, values[0], resource.module)
        return told(resource)
    return _spelled(resource.value, resource.node, resource.written)


def _spelled(value: Any, node: cst.BaseExpression | None, module: str) -> str:
    """A value without the places of its calls; what reading cannot tell is itself only in its own module."""
    if isinstance(value, Called):
        given = [*value.args, *(pair for pair in sorted(value.kwargs.items(), key=lambda item: item[0]))]
        return f"{value.name}({', '.join(_spelled(one, node, module) for one in given)})"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_spelled(one, node, module) for one in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{k!r}: {_spelled(worth, node, module)}' for k, worth in value.items())}}}"
    if isinstance(value, Unknown):
        return f"{module} {cst.Module([]).code_for_node(node) if node is not None else value.reason}"
    return repr(value)


def _members(project: Project, values: Iterable[Any]) -> Iterator[str]:
    """What a call of `Definitions` holds: identities of units, places of jobs and of what starts them."""
    for value in values:
        if isinstance(value, Decorated):
            yield value.identity
            construct = project.constructs[value.place]
            yield from _members(project, _started(project, construct))
        elif isinstance(value, Called):
            if value.place:
                yield value.place
            yield from _members(project, flat([value.kwargs.get(name) for name in STARTED]))


def _started(project: Project, construct: Construct) -> list[Any]:
    if construct.kind not in ("schedule", "sensor"):
        return []
    return flat([project.value(construct, name) for name in STARTED])
