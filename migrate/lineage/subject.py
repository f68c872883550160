"""A project as lineage and assessment see it: its Python, and the dbt projects it uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from migrate.lineage.dbt_project import DbtProject
from migrate.lineage.python_sql import PythonSql
from migrate.model import Model
from migrate.reading.asset_graph import AssetGraph, graph_of
from migrate.reading.dbt import find_project
from migrate.reading.project import read_part, survey
from migrate.reading.units import Unit
from migrate.rules import is_construct, registry

Progress = Callable[[str], None]
MENTIONS_DBT = re.compile(r"\bdbt\b|dagster_dbt")


@dataclass
class Part:
    """One Dagster project of the tree: its model, its graph, its SQL and the dbt project it uses."""

    model: Model
    dbt: DbtProject | None = None
    python: PythonSql = field(init=False)

    def __post_init__(self) -> None:
        self.python = PythonSql(self.model.project)

    @cached_property
    def graph(self) -> AssetGraph:
        """Deployed assets as Dagster's graph has them, dbt's lineage included."""
        return graph_of(self.model)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Everything deployed that runs: assets, checks; ops are `operations`."""
        return self.model.deployed_units

    @cached_property
    def operations(self) -> tuple[Unit, ...]:
        """The ops of deployed jobs."""
        units = self.model.units.values()
        return tuple(u for u in units if u.does == "op" and self.model.is_deployed(u.construct))


@dataclass(frozen=True)
class Subject:
    """Everything that was read of a tree."""

    root: Path
    parts: tuple[Part, ...]

    @property
    def dbt_projects(self) -> tuple[DbtProject, ...]:
        """The dbt projects in use, each once."""
        found = {part.dbt.folder: part.dbt for part in self.parts if part.dbt}
        return tuple(found.values())


def read_subject(root: Path, progress: Progress | None = None, modules: Sequence[str] = ()) -> Subject:
    """Read a tree.

    Args:
        root: the folder of the Dagster project, or of several.
        progress: called with each file's path.
        modules: the code locations to take, instead of those that settings name.

    Raises:
        SourceError: there is no Dagster project.
    """
    registry()
    tree = survey(root, modules)
    projects: dict[Path, DbtProject] = {}
    parts = []
    for piece in tree.parts:
        project = read_part(root, piece, is_construct, progress)
        if not project.python and not project.problems:
            continue
        model = Model(project)
        parts.append(Part(model, _dbt_of(model, projects)))
    return Subject(root, tuple(parts))


def _dbt_of(model: Model, known: dict[Path, DbtProject]) -> DbtProject | None:
    """The dbt project that a Dagster project uses; one beside it counts only when its code speaks of dbt."""
    root = model.project.root.resolve()
    folder = find_project(model.project.base)
    if folder is None:
        return None
    folder = folder.resolve()
    inside = folder.is_relative_to(root)
    texts = (f.tree.code for f in model.project.python.values())
    if not inside and not any(MENTIONS_DBT.search(text) for text in texts):
        return None
    if folder not in known:
        shown = folder.relative_to(root).as_posix() if inside else folder.name
        known[folder] = DbtProject(folder, "" if shown == "." else shown, model.dbt.makes)
    return known[folder]
