"""A project's modules by dotted name, each read when a name leads there."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from migrate.reading.names import ModuleNames, collect
from migrate.reading.source import Problem, SourceFile, module_name, parse


class LazyModules(dict[str, ModuleNames]):
    """The project's modules; one that does not mention Dagster is parsed when a name leads there."""

    def __init__(self, root: Path, files: tuple[SourceFile, ...], namespaces: frozenset[str]) -> None:
        super().__init__()
        self._root, self.namespaces = root, namespaces
        self.loaded: dict[str, ModuleNames] = {}
        self.paths: dict[str, str] = {}
        self.speaking: list[str] = []  # of Dagster
        for file in files:
            if file.path.endswith(".py") and file.role != "skip":
                module, package = module_name(root, file.path, namespaces)
                if package or module not in self.paths:
                    self.paths[module] = file.path
                self.speaking += [module] if file.role == "dagster" else []

    @cached_property
    def bare_packages(self) -> frozenset[str]:
        """Packages by dotted name that have no `__init__`."""
        above = {".".join(m.split(".")[:cut]) for m in self.paths for cut in range(1, m.count(".") + 1)}
        return frozenset(above - set(self.paths))

    @cached_property
    def around(self) -> frozenset[tuple[str, str]]:
        """The folders that a top-level package lies in, dotted, each with the package's name."""
        found = set()
        for module, path in self.paths.items():
            top = module.split(".")[0]
            folders = path.split("/")[:-1]
            depth = folders.index(top) if top in folders else 0
            found |= {(".".join(folders[start:depth]), top) for start in range(depth)}
        return frozenset(found)

    def __contains__(self, module: object) -> bool:
        return module in self.loaded or module in self.paths

    def __getitem__(self, module: str) -> ModuleNames:
        if module not in self.loaded:
            tree = parse(self._root, self.paths[module])
            _, package = module_name(self._root, self.paths[module], self.namespaces)
            self.loaded[module] = (
                ModuleNames(module, package) if isinstance(tree, Problem) else collect(tree, module, package)
            )
        return self.loaded[module]
