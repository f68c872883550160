"""What the deployed definitions hold, however they are put together.

`Definitions`, `Definitions.merge`, `@definitions`, `@repository`, `load_defs`, `load_from_defs_folder`,
`load_definitions_from_*`, `load_assets_from_*` with their own policies: all end in one set of values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import libcst as cst

from migrate.reading.bodies import Body
from migrate.reading.constructs import Construct
from migrate.reading.load_policies import Policy, policy_of
from migrate.reading.names import Internal
from migrate.reading.project import Project
from migrate.reading.resources_apart import Apart, merged_places, resources_apart
from migrate.reading.scope import Stop
from migrate.reading.sources import spec_of
from migrate.reading.values import Called, Decorated, OfModule, Unknown, flat, known

BUCKETS: Mapping[str, str] = {
    **dict.fromkeys(("asset", "multi_asset", "graph_asset", "graph_multi_asset", "dbt_assets"), "assets"),
    **dict.fromkeys(("observable_source_asset", "multi_observable_source_asset"), "assets"),
    **dict.fromkeys(("AssetSpec", "SourceAsset", "dlt_assets", "sling_assets"), "assets"),
    **dict.fromkeys(("asset_check", "multi_asset_check"), "asset_checks"),
    **dict.fromkeys(("job", "define_asset_job"), "jobs"),
    **dict.fromkeys(("schedule", "ScheduleDefinition"), "schedules"),
    "build_schedule_from_partitioned_job": "schedules",
    **dict.fromkeys(("sensor", "asset_sensor", "multi_asset_sensor", "run_status_sensor"), "sensors"),
    **dict.fromkeys(("run_failure_sensor", "SensorDefinition"), "sensors"),
    "AutomationConditionSensorDefinition": "sensors",
    "build_sensor_for_freshness_checks": "sensors",
}
"""Kind of a construct → the argument of Definitions it belongs to."""
WRAPPERS = ("with_resources", "with_source_code_references", "link_code_references_to_git")
LOADERS = tuple(
    f"load_asset{what}_from_{where}"
    for what in ("s", "_checks")
    for where in ("modules", "current_module", "package_")
)
"""What looks through modules; `load_assets_from_fivetran_instance` asks a service."""
GATHERED = (".Add", "builtins.list", "builtins.tuple", "builtins.set", "builtins.sorted")
"""Lists put together of what only Dagster's loaders tell."""
FOLDERS = ("load_defs", "load_from_defs_folder", "load_project_defs", "build_defs_at_path")


def _unfollowed(value: Any) -> bool:
    """Whether a value is what a function or a method of the project returns."""
    while isinstance(value, Called) and value.name.startswith(".") and value.args:
        value = value.args[0]
    return isinstance(value, Called) and ":" in value.name


def _by_name(value: Any) -> list[Any]:
    """What a repository returns: a list, or dictionaries of `jobs`, `schedules`, `sensors` by name."""
    if isinstance(value, dict):
        return [item for part in value.values() for item in _by_name(part)]
    return flat(value)


class Holdings:
    """Walks from the roots; `values` are laid out flat by argument, `containers` are the Definitions."""

    def __init__(self, project: Project, roots: Sequence[str], folder: str) -> None:
        self._project, self._folder = project, folder
        self.values: dict[str, list[Any]] = {}
        self.containers: list[Construct] = []
        self.policies: dict[str, Policy] = {}
        self.folders: list[str] = []
        self.unread: list[str] = []
        self.bound: list[Construct] = []
        self._handed: list[Any] = []
        self._walked: set[str] = set()
        self._held: dict[str, list[Any]] = {}
        self._merged: list[list[Any]] = []
        for module in roots:
            for value in self._values_of(module):
                if self._is_container(value):
                    self._container(value)
            self.containers += self._laid_out(module)

    @cached_property
    def apart(self) -> Apart:
        """The resources that they do not all give alike; a folder of definitions is one of them."""
        if self.folders or not all(known(places) for places in self._merged):
            return Apart()
        return resources_apart(self._project, self._held, self._merged)

    @property
    def complete(self) -> bool:
        """Whether they hold the assets, jobs and triggers that were found and no more: nothing is unknown."""
        return self.all_known and not self.folders

    @property
    def all_known(self) -> bool:
        """Whether nothing of what they hold was left unread."""
        values = [v for name in set(BUCKETS.values()) for v in self.values.get(name, ())]
        return bool(self.containers) and not self.unread and known(values)

    @property
    def all_bound(self) -> bool:
        """Whether `with_resources` was handed each of the assets that they hold."""
        handed = {id(value) for value in self._handed}
        return all(id(value) in handed for value in self.values.get("assets", ()))

    def untold(self, kind: str) -> bool:
        """Whether what they hold of a kind comes from calls into the project that reading did not follow."""
        return any(_unfollowed(value) for value in self.values.get(BUCKETS.get(kind, ""), ()))

    def _laid_out(self, module: str) -> list[Construct]:
        """The `@definitions` functions whose statements lie at the top of a module."""
        every = [c for c in self._project.constructs.values() if c.path == "dagster.definitions"]
        return [c for c in every if c.module == module and c not in self.containers]

    def _values_of(self, module: str) -> list[Any]:
        bound = self._project.names.modules[module].nodes
        return [v for name in bound for v in flat(self._project.evaluator.of_module(module, name))]

    def _function(self, construct: Construct) -> None:
        """`@definitions` that could not be laid out, or `@repository`."""
        if construct.place in self._walked:
            return
        self._walked.add(construct.place)
        self.containers.append(construct)
        node = construct.node
        assert isinstance(node, cst.FunctionDef)
        try:
            value = Body(self._project.evaluator, construct.module, {}).run(node)
        except Stop as stop:
            value = Unknown(str(stop))
        if construct.kind == "repository":
            self._loose(_by_name(value))
        else:
            self._container(value)

    def _container(self, value: Any) -> None:
        if isinstance(value, Decorated):
            construct = self._project.constructs[value.place]
            if construct.kind in ("definitions", "repository"):
                self._function(construct)
        elif isinstance(value, Called):
            self._called(value)
        elif isinstance(value, Unknown):
            self.unread.append(value.reason)

    def _called(self, value: Called) -> None:
        if value.name == "dagster.Definitions":
            self._definitions(value)
        elif value.name.startswith("dagster.Definitions.merge") or value.short in WRAPPERS:
            construct = self._project.constructs.get(value.place)
            self.containers += [construct] if construct and construct not in self.containers else []
            for part in flat(list(value.args)):
                self._container(part)
            self._merged.append(merged_places(value))
        elif value.name.startswith("."):
            self._container(value.args[0])
        elif value.short in FOLDERS:
            module = value.get("defs_root", 0)
            name = module.module if isinstance(module, OfModule) else self._folder
            self.folders.append(name)
            self._modules(name, below=True)
        elif value.short.startswith("load_definitions_from"):
            for module in flat(list(value.args) or list(value.kwargs.values())):
                name = module.module if isinstance(module, OfModule) else module
                self._modules(name, below="package" in value.short)

    def _definitions(self, value: Called) -> None:
        if value.place in self._walked:
            return
        self._walked.add(value.place)
        construct = self._project.constructs.get(value.place)
        if construct:
            self.containers.append(construct)
            self._held[construct.place] = []
        names = ("assets", "schedules", "sensors", "jobs", "resources", "executor", "loggers")
        given = {**dict(zip(names, value.args, strict=False)), **value.kwargs}
        for name, worth in given.items():
            expanded = list(self._expanded(worth))
            self.values.setdefault(name, []).extend(expanded)
            if construct:
                self._held[construct.place] += expanded

    def _modules(self, name: Any, below: bool) -> None:
        """Modules of a defs folder: their Definitions if they have any, else what lies at their top."""
        if not isinstance(name, str):
            return
        paths = self._paths(name, below)
        for path in paths:
            if f"module {path}" in self._walked or (below and self._beside_a_component(path)):
                continue
            self._walked.add(f"module {path}")
            values = self._values_of(path)
            held = [v for v in values if self._is_container(v)]
            for value in held:
                self._container(value)
            self.containers += self._laid_out(path)
            if not held:
                self._loose([*values, *self._imported(path, paths)])

    def _beside_a_component(self, module: str) -> bool:
        """Whether a YAML component says what its folder loads, and this module is not that."""
        files = {f.module: f for f in self._project.python.values() if not f.shadowed}
        file = files[module]
        above = {str(folder) for folder in PurePosixPath(file.path).parents}
        return not file.described_in and bool(above & self._project.component_folders)

    def _is_container(self, value: Any) -> bool:
        if isinstance(value, Decorated):
            return self._project.constructs[value.place].kind in ("definitions", "repository")
        return isinstance(value, Called) and (
            value.name.startswith("dagster.Definitions")
            or value.short in FOLDERS
            or value.short.startswith("load_definitions_from")
            or (value.name.startswith(".") and self._is_container(value.args[0]))
        )

    def _paths(self, name: str, below: bool) -> list[str]:
        paths = {f.module for f in self._project.python.values() if not f.shadowed}
        return sorted(p for p in paths if p == name or (below and p.startswith(f"{name}.")))

    def _loose(self, values: Any) -> None:
        for item in self._expanded(list(values)):
            bucket = BUCKETS.get(self._kind(item), "")
            if bucket:
                self.values.setdefault(bucket, []).append(item)

    def _kind(self, value: Any) -> str:
        if isinstance(value, Decorated):
            return self._project.constructs[value.place].kind
        value = spec_of(value) or value
        return value.short if isinstance(value, Called) else ""

    def _expanded(self, value: Any) -> Iterator[Any]:
        for item in flat(value) if not isinstance(value, dict) else [value]:
            if isinstance(item, Called) and item.short.startswith(LOADERS):
                yield from self.loaded(item)
            elif isinstance(item, Called) and item.short in WRAPPERS:
                construct = self._project.constructs.get(item.place)
                self.bound += [construct] if construct and construct not in self.bound else []
                given = list(self._expanded(item.get("definitions", 0) or item.kwargs.get("assets_defs")))
                self._handed += given if construct else []
                yield from given
            elif isinstance(item, Called) and item.name in GATHERED:
                yield from self._expanded(list(item.args))
            else:
                yield item

    def loaded(self, item: Called) -> Iterator[Any]:
        """What a call of `load_assets_from_*` or `load_asset_checks_from_*` finds."""
        policy = policy_of(item)
        modules = flat(item.get("modules", 0) or item.get("package_module") or item.get("package_name"))
        if "current_module" in item.short:
            modules = [m for m in [item.kwargs.get(".module")] if m]
        for module in modules:
            name = module.module if isinstance(module, OfModule) else module
            if isinstance(module, Unknown):
                yield Unknown(f"the modules it loads: {module.reason}")
            for value in self._of_modules(name, "package" in item.short):
                if isinstance(value, Decorated) and policy != Policy():
                    self.policies.setdefault(value.place, policy)
                if "checks" not in item.short or "check" in self._kind(value):
                    yield value

    def _of_modules(self, name: Any, below: bool) -> Iterator[Any]:
        if not isinstance(name, str):
            return
        modules = self._project.names.modules
        own = [name] if name in modules else []  # one that does not mention Dagster may pass assets on
        paths = dict.fromkeys([*own, *self._paths(name, below)])
        for path in paths:
            for item in (*self._values_of(path), *self._imported(path, paths)):
                if BUCKETS.get(self._kind(item)) in ("assets", "asset_checks"):
                    yield item

    def _imported(self, module: str, besides: Collection[str]) -> Iterator[Any]:
        """What a module imports from others than `besides` of the project: Dagster loads that, too."""
        names = self._project.names
        for name in names.modules[module].imports:
            meaning = names.resolve(module, name)
            if isinstance(meaning, Internal) and not meaning.rest and meaning.module not in besides:
                yield from flat(self._project.evaluator.of_module(meaning.module, meaning.name))
        for star in names.modules[module].stars:
            if star in names.modules and star not in besides:
                yield from (*self._values_of(star), *self._imported(star, {*besides, module, star}))
