"""Everything a detector may ask about a project, worked out once."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from migrate.conversion import convert_project
from migrate.conversion_record import as_json
from migrate.dbt_findings import recorded
from migrate.lineage.columns import with_columns
from migrate.lineage.dbt_project import DbtNode, DbtProject
from migrate.lineage.graph import Lineage
from migrate.lineage.python_sql import Function, Module, Statement
from migrate.lineage.static import static_lineage, tables_of
from migrate.lineage.subject import Part, Progress, Subject, read_subject
from migrate.lineage.tables import Tables
from migrate.reading.units import Unit
from migrate.results import Conversion


@dataclass(frozen=True)
class Reached:
    """A function that a deployed asset, check or op leads to, and where it stands."""

    part: Part
    module: Module
    node: Function
    entry: Unit


@dataclass(frozen=True)
class Sql:
    """SQL to look at: its text with comments and strings blanked, the raw text, and where it begins."""

    file: str
    first: int
    text: str
    rendered: tuple[str, ...]
    dialect: str
    name: str

    def line(self, offset: int) -> int:
        """The line in the file of a place in the text."""
        return self.first + self.text.count("\n", 0, offset)


class Facts:
    """A project, read: for the detectors in `migrate/assess/problems/`."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    @classmethod
    def of(cls, root: Path, progress: Progress | None = None) -> Facts:
        """Read the project at `root`.

        Raises:
            SourceError: there is no Dagster project.
        """
        return cls(read_subject(root, progress))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The Dagster projects of the tree."""
        return self.subject.parts

    @cached_property
    def lineage(self) -> Lineage:
        """The lineage from code, columns left out: no detector asks for them."""
        return static_lineage(self.subject)

    @cached_property
    def lineage_with_columns(self) -> Lineage:
        """The lineage from code."""
        return with_columns(self.lineage, self.subject)

    @cached_property
    def tables(self) -> Tables:
        """Which node a table belongs to."""
        return tables_of(self.subject)

    @cached_property
    def conversion(self) -> Conversion:
        """What would become of every construct; nothing is written."""
        result = Conversion()
        for part in self.parts:
            result.add(convert_project(part.model.project))
        return result

    @cached_property
    def constructs(self) -> list[dict[str, Any]]:
        """Every construct with its disposition, as conversion.json lists it."""
        found: list[dict[str, Any]] = as_json(self.conversion)["constructs"]
        return found

    @cached_property
    def _dbt(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        calls: list[dict[str, Any]] = []
        findings: list[dict[str, Any]] = []
        for part in self.parts:
            told = recorded(part.model.project)
            calls += told[0]
            findings += told[1]
        return calls, findings

    @property
    def dbt_calls(self) -> list[dict[str, Any]]:
        """Every call of dbt from Python."""
        return self._dbt[0]

    def dbt_findings(self, kind: str) -> Iterator[dict[str, Any]]:
        """What those calls say about the project, of one kind."""
        return (f for f in self._dbt[1] if f["finding"] == kind)

    @cached_property
    def models(self) -> tuple[tuple[DbtProject, DbtNode], ...]:
        """Every dbt model and snapshot that has text, with its project."""
        return tuple(
            (project, node)
            for project in self.subject.dbt_projects
            for node in project.nodes.values()
            if node.text and node.kind in ("model", "snapshot")
        )

    def sql(self) -> Iterator[Sql]:
        """All SQL of the project: models, and strings in functions that are reached."""
        for project, node in self.models:
            rendered = tuple(r.sql for r in node.rendered if r.sql.strip())
            yield Sql(node.file, 1, blanked(node.text), rendered, project.dialect, node.name)
        for statement in self.statements:
            text = blanked(statement.text)
            name = statement.file.rpartition("/")[2]
            yield Sql(statement.file, statement.line, text, (statement.text,), "duckdb", name)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """SQL in strings of functions that deployed assets, checks and ops reach, each once."""
        found: dict[tuple[str, int, str], Statement] = {}
        for part in self.parts:
            for unit in (*part.units, *part.operations):
                module, node = function_of(part, unit)
                if module and node:
                    for one in part.python.statements(module, node):
                        found[one.file, one.line, one.text] = one
        return tuple(found.values())

    @cached_property
    def reached(self) -> tuple[Reached, ...]:
        """Every function that deployed assets, checks and ops lead to, with the first that does."""
        found: dict[int, Reached] = {}
        for part in self.parts:
            for unit in (*part.units, *part.operations):
                module, node = function_of(part, unit)
                if module and node:
                    for holder, function in part.python.reached(module, node):
                        found.setdefault(id(function), Reached(part, holder, function, unit))
        return tuple(found.values())

    def modules(self) -> Iterator[tuple[Part, Module]]:
        """Every Python file."""
        for part in self.parts:
            for module in part.python.modules.values():
                yield part, module

    @cached_property
    def places(self) -> Mapping[str, Unit]:
        """Asset key → the unit that makes it."""
        return {key: unit for part in self.parts for unit in part.units for key in unit.keys}


def function_of(part: Part, unit: Unit) -> tuple[Module | None, Function | None]:
    """The function behind a unit, as the standard library parses it."""
    module = part.python.modules.get(unit.construct.file)
    name = getattr(getattr(unit.construct.node, "name", None), "value", "")
    return module, module.at(name, unit.construct.line) if module and name else None


def blanked(text: str) -> str:
    """SQL without comments and the content of strings; every other character keeps its place."""
    import re

    pattern = r"--[^\n]*|/\*.*?\*/|\{#.*?#\}|'[^'\n{}]*'"
    return re.sub(pattern, lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)


def dotted(node: ast.AST | None) -> str:
    """`a.b.c` for names and attributes, the empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""
