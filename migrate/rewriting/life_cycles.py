"""Life-cycle methods of a resource without the context that Dagster hands them."""

from __future__ import annotations

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.walking import look, rewrite
from migrate.rewriting.functions import has_docstring
from migrate.rewriting.leftovers import refusing
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work, expression, statements

METHODS = ("setup_for_execution", "teardown_after_execution", "yield_for_execution", "create_io_manager")
HAS = frozenset({"log", "run_id", "run", "dagster_run"})
"""What a context that is kept or handed on can be asked for."""
REMEDY = "Take what it needs from a field of the class."
DIFFERENCE = (
    "the context that is kept or handed on is a TaskContext: the run and its log; it raises when it is asked "
    "for anything else"
)


def life_cycle(work: Work, construct: Construct, definition: cst.ClassDef, part: cst.CSTNode) -> cst.CSTNode:
    """A method without its context: what it asks of it is the run's; one that asks for more raises."""
    if not isinstance(part, cst.FunctionDef) or part.name.value not in METHODS or len(part.params.params) < 2:
        return part
    context = part.params.params[1].name.value
    own = part.params.params[0].with_changes(comma=cst.MaybeSentinel.DEFAULT)
    bare = part.with_changes(params=part.params.with_changes(params=[own]))
    changed = rewrite(bare, _Told(work, context))
    assert isinstance(changed, cst.FunctionDef)
    if not _reads(changed, context):
        return changed
    asked = _asked(changed, context) | {
        a for name in _kept(changed, context) for a in _asked(definition, name)
    }
    if asked - HAS:
        what = f"context.{min(asked - HAS)}"
        reason = f"{part.name.value} asks for {what}, which Prefect does not hand over"
        work.done(construct, Manual(reason, REMEDY))
        return refusing(bare, f"{construct.file}:{construct.line}: {reason}. {REMEDY}", keep=True)
    work.done(construct, Adapted(DIFFERENCE))
    return _with_context(work, changed, context)


def _reads(function: cst.FunctionDef, name: str) -> bool:
    return name in used_names(cst.Module([function.with_changes(params=cst.Parameters())]))


def _with_context(work: Work, function: cst.FunctionDef, context: str) -> cst.FunctionDef:
    assert isinstance(function.body, cst.IndentedBlock)
    body = list(function.body.body)
    cut = 1 if has_docstring(body) else 0
    made = statements(f"{context} = {work.need('prefect_support.task_context', 'TaskContext')}()\n")
    return function.with_changes(body=function.body.with_changes(body=[*body[:cut], *made, *body[cut:]]))


class _Told(cst.CSTTransformer):
    """`context.log` and `context.run_id` are the run's."""

    def __init__(self, work: Work, context: str) -> None:
        super().__init__()
        self._work, self._context = work, context

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        path = dotted(original_node)
        if path == f"{self._context}.log":
            return expression(f"{self._work.need('prefect_support.validations', 'run_logger')}()")
        if path == f"{self._context}.run_id":
            return expression(f"{self._work.need('prefect.runtime', 'flow_run')}.id")
        return updated_node


class _Attributes(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = f"{name}."
        self.asked: set[str] = set()

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        path = dotted(node)
        if path.startswith(self._name):
            self.asked.add(path.removeprefix(self._name).split(".")[0])


def _asked(node: cst.CSTNode, name: str) -> set[str]:
    """The attributes that something of a name is asked for."""
    visitor = _Attributes(name)
    look(node, visitor)
    return visitor.asked


class _Keeping(cst.CSTVisitor):
    def __init__(self, context: str) -> None:
        super().__init__()
        self._context = context
        self.names: set[str] = set()

    def visit_Assign(self, node: cst.Assign) -> None:
        """LibCST calls this on the way in."""
        if dotted(node.value) == self._context:
            self.names |= {dotted(target.target) for target in node.targets}


def _kept(function: cst.FunctionDef, context: str) -> set[str]:
    """The names that the context is kept by: `self._context = context`."""
    visitor = _Keeping(context)
    look(function, visitor)
    return visitor.names - {""}
