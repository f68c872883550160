"""A whole project, read: its files, names, constructs, and a way to ask what an expression is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import libcst as cst

from migrate.errors import SourceError
from migrate.reading.constructs import Construct, Gatherer, Where
from migrate.reading.dissolving import dissolved
from migrate.reading.evaluation import Evaluator
from migrate.reading.lines import lines_of
from migrate.reading.names import ModuleNames, NameIndex, collect
from migrate.reading.scope import Scope
from migrate.reading.source import Problem, SourceFile, files_of, module_name, parse

IsConstruct = Callable[[str, Where], bool]
Progress = Callable[[str], None]


@dataclass
class PythonFile:
    """One parsed file. `shadowed` when a package of the same name hides it from every import."""

    path: str
    module: str
    package: bool
    tree: cst.Module = field(repr=False)
    constructs: list[Construct] = field(default_factory=list)
    shadowed: bool = False
    lines: dict[int, int] = field(default_factory=dict, repr=False)
    dissolved: tuple[cst.FunctionDef, ...] = ()

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
    _places: dict[int, str] = field(default_factory=dict, repr=False)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What works out values."""
        return Evaluator(self)

    @cached_property
    def constructs(self) -> Mapping[str, Construct]:
        """All constructs by place, file by file in source order."""
        return {c.place: c for file in self.python.values() for c in file.constructs}

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
        return self.python[construct.file]


def read(root: Path, is_construct: IsConstruct, progress: Progress | None = None) -> Project:
    """Read every Python file of the project that mentions Dagster, and the names of all others.

    Args:
        root: the project's folder.
        is_construct: whether a Dagster name that decorates, or is called, is a construct.
        progress: called with each file's path.

    Raises:
        SourceError: there is no project, or nothing in it mentions Dagster.
    """
    files = tuple(files_of(root))
    if not any(f.role == "dagster" for f in files):
        raise SourceError(
            "nothing in this project mentions Dagster",
            file=root,
            remedy="Name the folder of a Dagster project; tests and virtual environments are not read.",
        )
    lazy = _LazyModules(root, files)
    project = Project(root, files, {}, [], NameIndex(lazy))
    for file in files:
        if file.role == "dagster":
            if progress:
                progress(file.path)
            _load(project, file.path, lazy)
    for python in project.python.values():
        _gather(project, python, is_construct)
    return project


def _load(project: Project, path: str, lazy: _LazyModules) -> None:
    tree = parse(project.root, path)
    if isinstance(tree, Problem):
        project.problems.append(tree)
        return
    module, package = module_name(project.root, path)
    shadowed = not package and lazy.paths.get(module, path) != path
    project.python[path] = PythonFile(path, module, package, tree, shadowed=shadowed)
    laid, python = dissolved(tree, module, package), project.python[path]
    if laid[1]:
        python.lines, (python.tree, python.dissolved) = lines_of(tree), laid
    if not shadowed:
        lazy.loaded[module] = collect(python.tree, module, package)


def _gather(project: Project, python: PythonFile, is_construct: IsConstruct) -> None:
    python.lines = python.lines or lines_of(python.tree)
    module = python.module
    if python.shadowed:
        module = f"{python.module} (shadowed)"
        modules = project.names.modules
        assert isinstance(modules, _LazyModules)
        modules.loaded[module] = collect(python.tree, python.module, False)
    gatherer = Gatherer(project.names, module, python.package, python.path, python.line, is_construct)
    python.tree.visit(gatherer)
    python.constructs = [*gatherer.found, *(_laid_out(python, module, f) for f in python.dissolved)]
    for construct in gatherer.found:
        project._places[id(construct.node)] = construct.place


def _laid_out(python: PythonFile, module: str, function: cst.FunctionDef) -> Construct:
    """The construct of a `@definitions` function whose statements lie at the top now."""
    name, line = function.name.value, python.line(function)
    place = f"{python.path}:{line}:{name}:definitions"
    return Construct(place, "dagster.definitions", name, module, python.path, line, "function", function)


class _LazyModules(dict[str, ModuleNames]):
    """The project's modules; one that does not mention Dagster is parsed when a name leads there."""

    def __init__(self, root: Path, files: tuple[SourceFile, ...]) -> None:
        super().__init__()
        self._root = root
        self.loaded: dict[str, ModuleNames] = {}
        self.paths: dict[str, str] = {}
        for file in files:
            if file.path.endswith(".py") and file.role != "skip":
                module, package = module_name(root, file.path)
                if package or module not in self.paths:
                    self.paths[module] = file.path

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """Packages that have no `__init__`."""
        above = {".".join(m.split(".")[:cut]) for m in self.paths for cut in range(1, m.count(".") + 1)}
        return frozenset(above - set(self.paths))

    def __contains__(self, module: object) -> bool:
        return module in self.loaded or module in self.paths

    def __getitem__(self, module: str) -> ModuleNames:
        if module not in self.loaded:
            tree = parse(self._root, self.paths[module])
            _, package = module_name(self._root, self.paths[module])
            self.loaded[module] = (
                ModuleNames(module, package) if isinstance(tree, Problem) else collect(tree, module, package)
            )
        return self.loaded[module]
