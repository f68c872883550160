"""`ConfigurableResource` → a Pydantic model, built once a flow run by a function of its own.

`resource = Database(path=EnvVar("DB"))` becomes `def resource() -> Database`: the environment is read
when a run starts, not when a module is imported. Life-cycle methods are kept and called by the flow, for a
resource within another one too; what they ask of their context (its log, the run's id) is asked of the run,
and a context that is kept is a `TaskContext`.

Upstream: https://docs.pydantic.dev/latest/concepts/models/
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.reading.walking import look
from migrate.rewriting.classes import rebased
from migrate.rewriting.life_cycles import life_cycle
from migrate.rewriting.optional_fields import with_defaults
from migrate.rewriting.work import Work
from migrate.rules import Rule


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of BaseModel."""
    work.done(construct, Converted())
    body = [life_cycle(work, construct, updated, part) for part in updated.body.body]
    updated = updated.with_changes(body=updated.body.with_changes(body=body))
    updated = with_defaults(work, construct.node, updated)
    allowed = ("arbitrary_types_allowed=True",) if _holds_foreign(work, construct.node) else ()
    return [rebased(work, updated, (work.need("pydantic", "BaseModel"),), allowed)]


def _holds_foreign(work: Work, node: cst.CSTNode) -> bool:
    """Whether a resource of it may be of a class that is none of the project's resources."""
    visitor = _Dependencies(work)
    look(node, visitor)
    return visitor.foreign


class _Dependencies(cst.CSTVisitor):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work, self.foreign = work, False

    def visit_Subscript(self, node: cst.Subscript) -> None:
        """LibCST calls this on the way in."""
        if self._work.scopes.dagster(node.value) != "dagster.ResourceDependency":
            return
        inside = node.slice[0].slice
        named = inside.value if isinstance(inside, cst.Index) else node
        known = self._work.scopes.dagster(named) if isinstance(named, cst.Name | cst.Attribute) else ""
        own = self._work.internal(named)
        made = own and any(
            c.name == own.name and c.module == own.module and c.kind.startswith("Configurable")
            for c in self._work.model.project.constructs.values()
        )
        self.foreign |= not (known or made)


RULE = Rule(("dagster.ConfigurableResource",), "base", class_=class_)
