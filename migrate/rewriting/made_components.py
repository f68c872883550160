"""What makes a component in Python is refused, and so is every statement and function that reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import Internal, bound_by
from migrate.reading.python_components import Spoken, component_classes, dotted_components, python_components
from migrate.rewriting.leftovers import Refusing
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model

REMEDY = "Name its class in a defs.yaml, or write in Python what its build_defs returns, and convert again."


@lru_cache(maxsize=1)
def spoken_of(model: Model) -> Mapping[str, Spoken]:
    """Place of a component class → where deployed Python speaks of it."""
    return python_components(model.project, model.is_deployed)


@lru_cache(maxsize=1)
def classes_of(model: Model) -> Mapping[Internal, Construct]:
    """The component classes of a project, by what their name means."""
    return component_classes(model.project)


def reading(work: Work, module: cst.Module) -> Callable[[cst.CSTNode], list[str]] | None:
    """What tells which components a part of a converted file reads; None when the file reads none."""
    if not classes_of(work.model):
        return None
    names = made_here(work, module)
    if not _read(work, module, names):
        return None
    return lambda node: _read(work, node, names)


def made_here(work: Work, module: cst.Module) -> frozenset[str]:
    """The names at the top of a converted file that mean a component class, or what is made of one."""
    names, classes = work.model.project.names, classes_of(work.model)
    spoken = frozenset(
        name for name in used_names(module) if names.resolve(work.file.module, name) in classes
    )
    while more := _bound(work, module, spoken) - spoken:
        spoken |= more
    return spoken


def _bound(work: Work, module: cst.Module, spoken: frozenset[str]) -> set[str]:
    """What assignments at the top bind to something that reads one of the names."""
    return {
        name
        for statement in module.body
        if isinstance(statement, cst.SimpleStatementLine) and _read(work, statement, spoken)
        for name, _ in bound_by(statement)
    }


def _read(work: Work, node: cst.CSTNode, names: frozenset[str]) -> list[str]:
    """Which of the names are read below a node, and the component classes that are read through a module."""
    bound = {name for name, _ in bound_by(node)} if isinstance(node, cst.SimpleStatementLine) else set()
    found = [name for name in used_names(node) if name in names]
    plain = [name for name in found if name not in bound] or found
    return plain + dotted_components(work.model.project.names, classes_of(work.model), work.file.module, node)


@dataclass(frozen=True)
class RefusingComponents(Refusing):
    """Definitions and statements that read a component, or what is made of one, raise instead."""

    read: Callable[[cst.CSTNode], list[str]] = lambda node: []

    def _spoken(self, node: cst.CSTNode) -> list[str]:
        return self.read(node)

    def _message(self, name: str, spoken: Sequence[str]) -> str:
        names = ", ".join(f"`{one}`" for one in spoken)
        self.found(name, names)
        return f"{self.place(name)}: {names} is made of a component, which is not converted. {REMEDY}"
