"""`ConfigurableResource` → a Pydantic model, built once a flow run by a function of its own.

`resource = Database(path=EnvVar("DB"))` becomes `def resource() -> Database`: the environment is read
when a run starts, not when a module is imported. Life-cycle methods are kept and called by the flow.

Upstream: https://docs.pydantic.dev/latest/concepts/models/
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Converted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.leftovers import refusing
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work
from migrate.rules import Rule

LIFE_CYCLE = ("setup_for_execution", "teardown_after_execution", "yield_for_execution")


def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
    """The class on top of BaseModel."""
    work.done(construct, Converted())
    body = [_lifecycle(work, construct, part) for part in updated.body.body]
    updated = updated.with_changes(body=updated.body.with_changes(body=body))
    return [rebased(work, updated, (work.need("pydantic", "BaseModel"),))]


def _lifecycle(work: Work, construct: Construct, part: cst.CSTNode) -> cst.CSTNode:
    """A life-cycle method without the context it was handed; one that uses it raises."""
    if not isinstance(part, cst.FunctionDef) or part.name.value not in LIFE_CYCLE:
        return part
    if len(part.params.params) < 2:
        return part
    context = part.params.params[1].name.value
    own = part.params.params[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    bare = part.with_changes(params=part.params.with_changes(params=[own]))
    if context not in used_names(cst.Module([part.with_changes(params=cst.Parameters())])):
        return bare
    reason = f"{part.name.value} asks its context, which Prefect does not hand over"
    remedy = "Take what it needs from a field of the class."
    work.done(construct, Manual(reason, remedy))
    return refusing(bare, f"{construct.file}:{construct.line}: {reason}. {remedy}", keep=True)


RULE = Rule(("dagster.ConfigurableResource",), "base", class_=class_)
