"""`Model`, `Resolvable` → Pydantic's `BaseModel`: what a component's fields are made of.

A dataclass stays one. Values are what YAML said, templates worked out; nothing is resolved any more.

Upstream: https://docs.prefect.io/v3/concepts/flows
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted, Undeployed
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.walking import look
from migrate.rewriting.classes import rebased
from migrate.rewriting.work import Work
from migrate.rules import Rule

WRITTEN_OUT = "its values are written out in place of the YAML that says them"


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class without Dagster's bases."""
    if not _asked(work, construct):
        work.outcomes[construct.place] = Undeployed(WRITTEN_OUT)
        return []
    decorators = [d.decorator for d in updated.decorators]
    names = [dotted(d.func if isinstance(d, cst.Call) else d) for d in decorators]
    plain = any(name.endswith("dataclass") for name in names)
    work.done(construct, Converted())
    bases = () if plain else (work.need("pydantic", "BaseModel"),)
    return [rebased(work, updated, bases, () if plain else ('extra="forbid"',))]


def _asked(work: Work, construct: Construct) -> bool:
    """Whether something of the target speaks of the class: a module of YAML, or code outside such classes."""
    project = work.model.project
    path = f"{construct.module}.{construct.name}"
    described = [f for f in project.python.values() if f.described_in]
    if any(path in project.names.modules[f.module].imports.values() for f in described):
        return True
    if not described:
        return True
    gone = [c.node for c in work.file.constructs if c.kind in ("Component", "Model", "Resolvable")]
    spoken = _Spoken(construct.name, gone)
    look(work.file.tree, spoken)
    return spoken.found


class _Spoken(cst.CSTVisitor):
    """Whether a name is spoken outside of some classes."""

    def __init__(self, name: str, gone: Sequence[cst.CSTNode]) -> None:
        super().__init__()
        self._name, self._gone = name, gone
        self.found = False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        """Not what such a class says."""
        return not any(node is one for one in self._gone)

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.found = self.found or node.value == self._name


RULE = Rule(("dagster.Model", "dagster.Resolvable"), "base", class_=class_)
