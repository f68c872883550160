"""A project as the rules see it: what is deployed, what runs, who makes which key, who stores what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import libcst as cst

from migrate.project_settings import defs_folder, line_length, project_name
from migrate.reading.bound_resources import with_bound
from migrate.reading.constructs import Construct
from migrate.reading.context_uses import Uses, uses_of
from migrate.reading.dbt import DbtKeys
from migrate.reading.deployed_resources import Resource, resources_of
from migrate.reading.deployment import reachable
from migrate.reading.executors import limit_of
from migrate.reading.failed_units import read_unit
from migrate.reading.group_names import with_group_names
from migrate.reading.held_variables import held_variables
from migrate.reading.holdings import BUCKETS, Holdings
from migrate.reading.job_names import bound_to, graph_name
from migrate.reading.names import Internal
from migrate.reading.project import Project
from migrate.reading.resource_ways import Variable
from migrate.reading.scope import Scope
from migrate.reading.sources import declared_sources
from migrate.reading.units import Unit, identity, is_unknown, with_policy
from migrate.reading.values import Called, Decorated, Unknown
from migrate.rules import rule_for

JOBS = ("define_asset_job", "job", "to_job")


@dataclass(frozen=True)
class Job:
    """A job, deployed or not, and the flow it becomes: `function` in `module`; `named` if that is told."""

    name: str
    construct: Construct
    module: str
    function: str
    named: bool = True


class Model:
    """What rules may ask about a project; everything is worked out when first asked for.

    `bridged` are the places of constructs that Dagster goes on running, each with the reason; `kept` the
    keys of values that flows hand to each other through files.
    """

    def __init__(self, project: Project, bridged: Mapping[str, str] | None = None) -> None:
        self.project = project
        self.bridged = bridged or {}
        self.kept: frozenset[str] = frozenset()
        self._keys_so_far: dict[str, tuple[str, ...]] = {}

    def know_all(self) -> None:
        """Work out what every file's conversion asks for, once and before it is shared out."""
        assert None not in (self.units, self.deployed, self.made_by, self.every_resource, self.instances)

    @cached_property
    def holdings(self) -> Holdings:
        """The deployed definitions: those of the code locations that settings name, else all there are."""
        found = self._held()
        self.project.evaluator.know(self.keys_of)
        return found

    def _held(self) -> Holdings:
        folder = defs_folder(self.project.base)
        chosen = Holdings(self.project, self.loaded_modules, folder)
        if chosen.containers or chosen.folders:
            return chosen
        modules = [f.module for f in self.project.python.values() if not f.shadowed]
        return Holdings(self.project, modules, folder)

    @cached_property
    def definitions(self) -> tuple[Construct, ...]:
        """The calls of `Definitions` and the functions that are deployed."""
        return tuple(self.holdings.containers)

    @cached_property
    def loaded_modules(self) -> tuple[str, ...]:
        """The modules whose definitions are deployed: those named, and those they import them from."""
        found = dict.fromkeys(self.project.location_modules)
        for module in self.project.location_modules:
            for name in self.project.names.modules[module].imports:
                meaning = self.project.names.resolve(module, name)
                if isinstance(meaning, Internal) and not meaning.rest and self._is_definitions(meaning):
                    found[meaning.module] = None
        return tuple(found)

    def _is_definitions(self, meaning: Internal) -> bool:
        value = self.project.evaluator.of_module(meaning.module, meaning.name)
        if isinstance(value, Decorated):
            return self.project.constructs[value.place].kind in ("definitions", "repository")
        return isinstance(value, Called) and value.name.startswith(("dagster.Definitions", "dagster.load_"))

    @cached_property
    def deployed_values(self) -> Mapping[str, list[Any]]:
        """What the definitions hold, by their argument: `assets`, `asset_checks`, `jobs` …, laid out flat.

        Where only running the code would tell what an argument holds, every construct of its kind counts.
        """
        untold = {name for name, held in self.holdings.values.items() if any(map(is_unknown, held))}
        found = {name: list(held) for name, held in self.holdings.values.items()}
        for construct in self.project.constructs.values() if untold else ():
            bucket = BUCKETS.get(construct.kind, "")
            if bucket in untold and not construct.within:
                found[bucket].append(self._as_value(construct))
        return found

    def _as_value(self, construct: Construct) -> Any:
        if construct.shape == "function":
            return Decorated(construct.place)
        return self.project.evaluator.value(construct.node, Scope(construct.module, {}))

    @cached_property
    def instances(self) -> Mapping[str, tuple[Decorated, ...]]:
        """How often a decorated function is deployed: once, or once for each call of its factory."""
        found: dict[str, dict[str, Decorated]] = {}
        for values in self.deployed_values.values():
            for value in values:
                if isinstance(value, Decorated):
                    found.setdefault(value.place, {})[identity(value)] = value
        return {place: tuple(values.values()) for place, values in found.items()}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """All units by identity: deployed ones in the order of the definitions, then the others."""
        order = [v for name in ("assets", "asset_checks") for v in self.deployed_values.get(name, ())]
        order += [Decorated(c.place) for c in self.project.constructs.values() if not c.within]
        found: dict[str, Unit] = {}
        self._keys_so_far = {}
        named = [(identity(v), v) for v in order if isinstance(v, Decorated)]
        for name, value in named * 2:  # an asset may stand before those of a factory that it depends on
            construct = self.project.constructs[value.place]
            rule, done = rule_for(construct.path), name in found and not found[name].unknown
            if rule and rule.rule.unit and construct.shape == "function" and not done:
                found[name] = unit = self._unit(rule.rule.unit, construct, value.scope)
                self._keys_so_far[name] = unit.keys
        return with_group_names(found)

    def keys_of(self, value: Decorated) -> tuple[str, ...]:
        """The keys an asset function makes."""
        if identity(value) in self._keys_so_far:
            return self._keys_so_far[identity(value)]
        construct = self.project.constructs[value.place]
        rule = rule_for(construct.path)
        if rule and rule.rule.unit and construct.shape == "function":
            return self._unit(rule.rule.unit, construct, value.scope).keys
        return ()

    @cached_property
    def all_keys(self) -> Mapping[str, tuple[str, ...]]:
        """Identity of a unit → the keys it makes."""
        return {name: unit.keys for name, unit in self.units.items()}

    def _unit(self, made: Callable[..., Unit], construct: Construct, scope: Mapping[str, Any]) -> Unit:
        """The unit of a construct, with what `load_assets_from_*` adds to it."""
        unit = read_unit(self.project, construct, lambda: made(self, construct, scope))
        policy = None if self._raw_keys else self.holdings.policies.get(construct.place)
        return unit if policy is None else with_policy(unit, policy, self._prefixed)

    @cached_property
    def _prefixed(self) -> Mapping[str, str]:
        """Keys as their decorators say them → as loaded with a prefix."""
        found = {}
        self._raw_keys = True
        for place, policy in self.holdings.policies.items():
            construct = self.project.constructs[place]
            rule = rule_for(construct.path)
            if policy.prefix and rule and rule.rule.unit and construct.shape == "function":
                for key in rule.rule.unit(self, construct, {}).keys:
                    found[key] = "/".join([*policy.prefix, key])
        self._raw_keys = False
        return found

    _raw_keys = False

    def unit_of(self, construct: Construct) -> Unit | None:
        """The (first) unit of a construct."""
        return self._first_units.get(construct.place)

    @cached_property
    def _first_units(self) -> Mapping[str, Unit]:
        found: dict[str, Unit] = {}
        for unit in self.units.values():
            found.setdefault(unit.construct.place, unit)
        return found

    @cached_property
    def deployed_units(self) -> tuple[Unit, ...]:
        """Asset and check units that the definitions hold, in their order."""
        return tuple(u for name, u in self.units.items() if self.is_deployed(u.construct) and u.does != "op")

    @cached_property
    def made_by(self) -> Mapping[str, Unit]:
        """Asset key → the deployed unit that makes it."""
        found = {key: unit for unit in self.units.values() for key in unit.keys}
        found.update({key: unit for unit in self.deployed_units for key in unit.keys})
        return found

    @cached_property
    def sources(self) -> Mapping[str, Called]:
        """Keys that definitions only declare → their `AssetSpec` or `SourceAsset`."""
        return declared_sources(self.deployed_values.get("assets", ()))

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """Deployed resources by key."""
        return with_bound(self.project, self.holdings)

    @cached_property
    def job_resources(self) -> Mapping[str, Mapping[str, Resource]]:
        """Place of a job → the resources it is given itself, by key; the definitions' count less."""
        return {p: resources_of(self.project, job.construct, "resource_defs") for p, job in self.jobs.items()}

    @cached_property
    def every_resource(self) -> tuple[Resource, ...]:
        """The resources of the definitions, then those of single jobs; after each, what its cases name."""
        every = [*self.resources.values(), *self.holdings.apart.resources]
        every += [r for own in self.job_resources.values() for r in own.values()]
        return (*every, *(way for r in every for way in r.ways if way.node is None))

    @cached_property
    def held_variables(self) -> frozenset[Variable]:
        """Variables that hold lists or resources for the definitions, and that nothing else reads."""
        return held_variables(self.project, (*self.definitions, *self.holdings.bound))

    @cached_property
    def jobs(self) -> Mapping[str, Job]:
        """All jobs by the place of their construct."""
        found = {}
        for c in self.project.constructs.values():
            if c.kind in JOBS and not c.within:
                bound = bound_to(self.project, c) or c.name
                name = self.project.value(c, "name", 0 if c.kind == "define_asset_job" else None)
                own = name if isinstance(name, str) else graph_name(self.project, c) or c.name
                found[c.place] = Job(own, c, c.module, bound, not isinstance(name, Unknown))
        return found

    def job_of(self, value: Any) -> Job | None:
        """The job that a value is, or that a text names."""
        place = value.place if isinstance(value, Called | Decorated) else ""
        if place in self.jobs:
            return self.jobs[place]
        return next((j for j in self.jobs.values() if isinstance(value, str) and j.name == value), None)

    @cached_property
    def deployed(self) -> frozenset[str]:
        """Places of everything that is reachable from the definitions."""
        return reachable(self.project, (*self.definitions, *self.holdings.bound), self.deployed_values)

    def is_deployed(self, construct: Construct) -> bool:
        """Whether a construct is reachable; everything is where there are no definitions to be read."""
        if not self.definitions:
            return self.project.part.alone or self._makes_definitions
        return construct.place in self.deployed

    @cached_property
    def _makes_definitions(self) -> bool:
        """Whether a function or class makes the definitions in a way that reading does not follow."""
        return any(c.path == "dagster.Definitions" and c.within for c in self.project.constructs.values())

    @cached_property
    def dbt(self) -> DbtKeys:
        """The keys of the project's dbt project."""
        return self.project.dbt

    @cached_property
    def line_length(self) -> int:
        """The width the project's formatter allows, in columns; 88 when it does not say."""
        return line_length(self.project.base)

    @cached_property
    def workers(self) -> int | None:
        """How many steps of a run the deployed executor lets run at once; None for as many as there are."""
        return next((n for e in self.deployed_values.get("executor", ()) if (n := limit_of(e))), None)

    @property
    def one_at_a_time(self) -> bool:
        """Whether runs execute one step after another."""
        return self.workers == 1

    @cached_property
    def name(self) -> str:
        """The project's name, fit for a work pool."""
        return project_name(self.project.base)

    def uses(self, construct: Construct, context: str) -> Uses:
        """What a decorated function asks of its context."""
        node = construct.node
        if not isinstance(node, cst.FunctionDef):
            return Uses()
        return uses_of(self.project.names, construct.module, node, context)
