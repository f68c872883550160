"""A resource handed to another one: the function that makes it now is called."""

from __future__ import annotations

import libcst as cst

from migrate.reading.constructs import root_base
from migrate.reading.names import Internal, dotted
from migrate.reading.walking import rewrite
from migrate.rewriting.init_contexts import RESOURCES
from migrate.rewriting.set_up_by_runs import is_launched
from migrate.rewriting.work import Work
from migrate.rewriting.yields import generates
from migrate.rules import rule_for

HAND = "make it in the class that needs it"


def nested(work: Work, original: cst.Call, updated: cst.Call) -> cst.Call:
    """The call of a resource's class, with calls of the functions that make what it is handed."""
    if not updated.args:
        return updated
    holds = _makes_resource(work, original.func)
    if not holds and work.scopes.dagster(original.func):
        return updated
    args = []
    for given, arg in zip(original.args, updated.args, strict=False):
        if holds:
            value = rewrite(arg.value, _Called(work, work.line(given.value)))
        else:
            value = built(work, given.value, arg.value)
        assert isinstance(value, cst.BaseExpression)
        args.append(arg if value is arg.value else arg.with_changes(value=value))
    same = len(args) != len(updated.args) or all(a is b for a, b in zip(args, updated.args, strict=True))
    return updated if same else updated.with_changes(args=args)


def of_built(work: Work, original: cst.Attribute, updated: cst.Attribute) -> cst.Attribute:
    """`database.query` as `database().query`, where a function makes what the variable held."""
    value = built(work, original.value, updated.value)
    return updated if value is updated.value else updated.with_changes(value=value)


def built(work: Work, original: cst.BaseExpression, updated: cst.BaseExpression) -> cst.BaseExpression:
    """The name of a resource's variable as a call of the function that makes it in the target."""
    name = work.internal(original)
    if name is None or dotted(updated) != dotted(original):
        return updated
    found = [r for r in work.model.every_resource if (r.module, r.function) == (name.module, name.name)]
    bound = work.model.project.names.modules[name.module].nodes[name.name][-1]
    if not found or found[0].node is not None or not isinstance(bound, cst.Assign | cst.AnnAssign):
        return updated
    root = original
    while isinstance(root, cst.Attribute):
        root = root.value
    if id(root) in work.inner_names or any(is_launched(work, resource) for resource in found):
        return updated
    return cst.Call(updated)


def _makes_resource(work: Work, func: cst.BaseExpression) -> bool:
    path = work.scopes.dagster(func)
    if path:
        known = rule_for(path)
        return known is not None and known.rule.stands_for is not None
    own = work.internal(func)
    base = root_base(work.model.project.names, own.module, own.name) if own else ""
    return base.startswith("dagster") and base.rpartition(".")[2] in (
        *("ConfigurableResource", "ConfigurableIOManager", "ConfigurableIOManagerFactory"),
        *("ConfigurableResourceFactory",),
    )


class _Called(cst.CSTTransformer):
    """Names of resources as calls; what is called already stays."""

    def __init__(self, work: Work, line: int) -> None:
        super().__init__()
        self._work, self._line = work, line

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        return not isinstance(self._work.scopes.meaning(node) if dotted(node) else None, Internal)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        if dotted(original_node):
            meaning = self._work.internal(original_node)
            return self._made(meaning, updated_node) if meaning else updated_node
        return updated_node

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        meaning = self._work.internal(original_node)
        return self._made(meaning, updated_node) if meaning else updated_node

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        """LibCST calls this on the way out."""
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        return updated_node.with_changes(func=original_node.func)

    def _made(self, name: Internal, node: cst.BaseExpression) -> cst.BaseExpression:
        """The call of the function that makes a resource; what must be opened or waits for a run is noted."""
        work = self._work
        found = [r for r in work.model.every_resource if (r.module, r.function) == (name.module, name.name)]
        bound = work.model.project.names.modules[name.module].nodes[name.name][-1]
        decorated = any(
            c.node is bound and c.path in RESOURCES for c in work.model.project.constructs.values()
        )
        if not decorated and (not found or found[0].node is not None or isinstance(bound, cst.FunctionDef)):
            return node
        opened = isinstance(bound, cst.FunctionDef) and generates(bound)
        if opened or any(is_launched(work, resource) for resource in found):
            why = "yields its value" if opened else "is given values at the launch of a run"
            note = (self._line, f"{name.name}, which another resource holds, {why}: {HAND}.")
            work.notes += [note] if note not in work.notes else []
            return node
        return cst.Call(node)
