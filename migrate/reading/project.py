"""A whole project, read: its files, names, constructs, and a way to ask what an expression is worth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import libcst as cst

from migrate.errors import SourceError
from migrate.project_settings import packages_told
from migrate.reading import components
from migrate.reading.constructs import Construct, Gatherer, Where, laid_out
from migrate.reading.dbt import DbtKeys, find_project, read_keys
from migrate.reading.division import Part, divide
from migrate.reading.evaluation import Evaluator
from migrate.reading.factories.project_wide import write_out
from migrate.reading.factories.silent_callers import silent_callers
from migrate.reading.graph_backed import write_out_graph_assets
from migrate.reading.lazy_modules import LazyModules
from migrate.reading.lines import lines_of
from migrate.reading.locations import Location, locations_of
from migrate.reading.names import NameIndex, collect
from migrate.reading.preparing import prepared
from migrate.reading.scope import Scope
from migrate.reading.source import Problem, SourceFile, files_of, module_name, namespaces_of, parse
from migrate.reading.walking import look

IsConstruct = Callable[[str, Where], bool]
Progress = Callable[[str], None]
Given = tuple[cst.Module, dict[int, int]]
"""A module, and `id` of a node → its line."""


@dataclass
class PythonFile:
    """One parsed file. `shadowed` when a package of the same name hides it from every import.

    `described_in` is the YAML file of a component that the module stands for.
    """

    path: str
    module: str
    package: bool
    tree: cst.Module = field(repr=False)
    constructs: list[Construct] = field(default_factory=list)
    shadowed: bool = False
    lines: dict[int, int] = field(default_factory=dict, repr=False)
    dissolved: tuple[cst.FunctionDef, ...] = ()
    described_in: str = ""
    earlier: tuple[cst.Module, ...] = field(default=(), repr=False)

    def line(self, node: cst.CSTNode) -> int:
        """The line a node starts on, 0 when unknown."""
        return self.lines.get(id(node), 0)


@dataclass
class Project:
    """Everything reading a project finds. Made by `read`."""

    root: Path
    files: tuple[SourceFile, ...]
    python: dict[str, PythonFile]
    problems: list[Problem]
    names: NameIndex
    part: Part = field(default_factory=lambda: Part("", ()))
    written_out: set[int] = field(default_factory=set, repr=False)
    """The `id` of functions whose statements stand where they were called."""
    is_construct: IsConstruct | None = field(default=None, repr=False)
    _places: dict[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What works out values."""
        return Evaluator(self)

    @cached_property
    def constructs(self) -> Mapping[str, Construct]:
        """All constructs by place, file by file in source order."""
        return {c.place: c for file in self.python.values() for c in file.constructs}

    @property
    def base(self) -> Path:
        """The project's own folder: where its pyproject.toml is, at or below `root`."""
        return self.root / self.part.base

    @cached_property
    def location_modules(self) -> tuple[str, ...]:
        """The modules that Dagster loads, by what the settings of the tree say."""
        modules = self.names.modules
        paths = modules.paths if isinstance(modules, LazyModules) else {}
        by_file = {path: module for module, path in paths.items()}
        return tuple(by_file[where.file] for where in self.part.locations if where.file in by_file)

    @cached_property
    def imported(self) -> frozenset[str]:
        """The dotted path of everything that a file which mentions Dagster imports by name."""
        found = (self.names.modules[file.module] for file in self.python.values())
        return frozenset(path for names in found for path in names.imports.values())

    def path_of(self, module: str) -> PurePosixPath | None:
        """The file of a module, below `root`."""
        modules = self.names.modules
        path = (
            modules.paths.get(module.removesuffix(" (shadowed)"))
            if isinstance(modules, LazyModules)
            else None
        )
        return PurePosixPath(path) if path else None

    def place_of(self, node: cst.CSTNode) -> str:
        """The place of the construct that a node is, or the empty string."""
        return self._places.get(id(node), "")

    def value(self, construct: Construct, name: str, position: int | None = None, scope: Any = None) -> Any:
        """What an argument of a construct is worth; None when it is not given."""
        node = construct.argument(name, position)
        return self.evaluator.value(node, Scope(construct.module, scope or {})) if node else None

    def scope_of(self, construct: Construct) -> Scope:
        """Where a construct's own expressions stand."""
        return Scope(construct.module, {})

    def file_of(self, construct: Construct) -> PythonFile:
        """The file a construct stands in."""
        return self.python.get(construct.file) or self._described[construct.file]

    @cached_property
    def dbt(self) -> DbtKeys:
        """The keys of the dbt project in it, or beside it."""
        folder = find_project(self.base)
        return read_keys(folder) if folder else DbtKeys("", frozenset(), ())

    @cached_property
    def component_folders(self) -> frozenset[str]:
        """Folders whose YAML says what is loaded of them: not whatever else lies there."""
        files = [f.described_in for f in self.python.values() if f.described_in]
        said = [path for path in files if not components.is_folder(self.root, path)]
        return frozenset(str(PurePosixPath(path).parent) for path in said)

    @cached_property
    def _described(self) -> Mapping[str, PythonFile]:
        """The modules that components stand for, by their YAML files."""
        return {file.described_in: file for file in self.python.values() if file.described_in}


@dataclass(frozen=True)
class Tree:
    """The files of a tree, divided into projects; `lost` are pointers to code that is not there."""

    root: Path
    parts: tuple[Part, ...]
    lost: tuple[str, ...]

    @property
    def locations(self) -> tuple[Location, ...]:
        """The code locations that settings name, of all parts."""
        return tuple(where for part in self.parts for where in part.locations)


def survey(root: Path, modules: Sequence[str] = ()) -> Tree:
    """Look at the files of a tree; nothing is parsed yet.

    Args:
        root: the folder to convert.
        modules: take these code locations instead of those that the tree's settings name.

    Raises:
        SourceError: there is no project, nothing in it mentions Dagster, or it has no such module.
    """
    files = tuple(files_of(root))
    if not any(f.role == "dagster" for f in files):
        raise SourceError(
            "nothing in this project mentions Dagster",
            file=root,
            remedy="Name the folder of a Dagster project; tests and virtual environments are not read.",
        )
    locations, lost = locations_of(root, [f.path for f in files], modules)
    if modules and lost:
        raise SourceError("; ".join(lost), file=root, remedy="Name modules as Dagster imports them.")
    return Tree(root, tuple(divide(root, files, locations)), tuple(lost))


def read(root: Path, is_construct: IsConstruct, progress: Progress | None = None) -> Project:
    """Read a tree as one project, whatever packaging it holds.

    Args:
        root: the project's folder.
        is_construct: whether a Dagster name that decorates, or is called, is a construct.
        progress: called with each file's path.

    Raises:
        SourceError: there is no project, or nothing in it mentions Dagster.
    """
    tree = survey(root)
    files = tuple(f for part in tree.parts for f in part.files)
    base = tree.parts[0].base if len(tree.parts) == 1 else ""
    return read_part(root, Part(base, files, tree.locations), is_construct, progress)


def read_part(
    root: Path,
    part: Part,
    is_construct: IsConstruct,
    progress: Progress | None = None,
    trees: Mapping[str, Given] | None = None,
) -> Project:
    """Read every Python file of a part that mentions Dagster, and the names of all others.

    `trees` stand in for the text of some of these files, each with the lines of its nodes.
    """
    told = packages_told(root / part.base)
    lazy = LazyModules(root, part.files, namespaces_of(root, part.base, part.files, told))
    project = Project(root, part.files, {}, [], NameIndex(lazy), part)
    for file in part.files:
        if file.role == "dagster":
            if progress:
                progress(file.path)
            _load(project, file.path, lazy, (trees or {}).get(file.path))
    for file in part.files:
        if file.role == "component":
            _load_component(project, file.path, lazy)
    write_out_graph_assets(project)
    for python in project.python.values():
        _gather(project, python, is_construct)
    project.is_construct = is_construct
    write_out_factories(project)
    return project


def write_out_factories(project: Project, places: Collection[str] = ()) -> bool:
    """Lay out what functions and loops make that cannot be made there; whether there was any.

    `places` are those of constructs to lay out besides flows and what starts them.
    """
    modules = project.names.modules
    assert isinstance(modules, LazyModules)
    assert project.is_construct is not None
    found = False
    for path in silent_callers(project, places):
        _load(project, path, modules)
        _gather(project, project.python[path], project.is_construct)
        found = True
    for python in write_out(project, places):
        modules.loaded[python.module] = collect(python.tree, python.module, python.package)
        _gather(project, python, project.is_construct)
        found = True
    return found


def _load(project: Project, path: str, lazy: LazyModules, given: Given | None = None) -> None:
    tree, lines = given or (parse(project.root, path), {})
    if isinstance(tree, Problem):
        project.problems.append(tree)
        return
    module, package = module_name(project.root, path, lazy.namespaces)
    tree, lines, gone = prepared(tree, module, package, lines)
    shadowed = not package and lazy.paths.get(module, path) != path
    project.python[path] = PythonFile(
        path, module, package, tree, shadowed=shadowed, lines=lines, dissolved=gone
    )
    if not shadowed:
        lazy.loaded[module] = collect(tree, module, package)


def _load_component(project: Project, path: str, lazy: LazyModules) -> None:
    """A component's YAML as the module it stands for."""
    stands = components.beside(path, [file.path for file in project.files])
    tree = cst.parse_module(components.module_of(project.root, project.part.base, path, project.names))
    module, _ = module_name(project.root, stands, lazy.namespaces)
    python = PythonFile(stands, module, False, tree, described_in=path)
    lines = components.lines_of(project.root / path) or [1]
    python.lines = dict.fromkeys(lines_of(tree), lines[0])
    project.python[stands], lazy.paths[module] = python, stands
    lazy.loaded[module] = collect(tree, module, False)


def _gather(project: Project, python: PythonFile, is_construct: IsConstruct) -> None:
    python.lines = python.lines or lines_of(python.tree)
    module = python.module
    if python.shadowed:
        module = f"{python.module} (shadowed)"
        modules = project.names.modules
        assert isinstance(modules, LazyModules)
        modules.loaded[module] = collect(python.tree, python.module, False)
    file = python.described_in or python.path
    gatherer = Gatherer(project.names, module, python.package, file, python.line, is_construct)
    look(python.tree, gatherer)
    python.constructs = [
        *gatherer.found,
        *(laid_out(f, module, python.path, python.line(f)) for f in python.dissolved),
    ]
    project._places |= {id(construct.node): construct.place for construct in gatherer.found}
    for stale in ("constructs", "evaluator", "imported"):
        project.__dict__.pop(stale, None)
