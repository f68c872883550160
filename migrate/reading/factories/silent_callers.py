"""Files that never mention Dagster, and call a function of the project that makes what Dagster knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from migrate.reading.factories.finding import Functions, factories, key_of
from migrate.reading.factories.spoken_paths import paths_spoken
from migrate.reading.lazy_modules import LazyModules
from migrate.reading.source import Problem, parse

if TYPE_CHECKING:
    from migrate.reading.project import Project


def silent_callers(project: Project, places: Collection[str]) -> Iterator[str]:
    """The files whose calls are written out although nothing in them says Dagster; who asks reads each.

    One of them may hold a function that calls a factory, and be called itself by yet another.
    """
    while more := list(_callers(project, factories(project, places))):
        files = project.files
        project.files = tuple(replace(f, role="dagster") if f.path in more else f for f in files)
        yield from more


def _callers(project: Project, functions: Functions) -> Iterator[str]:
    modules = project.names.modules
    assert isinstance(modules, LazyModules)
    words = {name.rpartition(".")[2] for _, name in functions}
    by_file = {path: module for module, path in modules.paths.items()}
    for source in project.files if words else ():
        module = by_file.get(source.path)
        if source.role != "copy" or module is None or source.path in project.python:
            continue
        text = (project.root / source.path).read_bytes()
        tree = parse(project.root, source.path) if any(w.encode() in text for w in words) else None
        if tree is None or isinstance(tree, Problem):
            continue
        if any(key_of(project, module, path) in functions for path in paths_spoken(tree, words)):
            yield source.path
