"""What a function asks of Dagster's context, through the project's own helpers too."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from migrate.reading.constructs import root_base
from migrate.reading.names import Internal, NameIndex, dotted
from migrate.reading.signatures import annotation_of

RUN_CONTEXTS = (
    *("dagster.OpExecutionContext", "dagster.AssetExecutionContext", "dagster.AssetCheckExecutionContext"),
    *("dagster.AbstractComputeExecutionContext",),
)


@dataclass(frozen=True)
class Uses:
    """Attributes asked of the context, and resources in the order they appear."""

    attributes: frozenset[str] = frozenset()
    resources: tuple[str, ...] = ()

    def __or__(self, other: Uses) -> Uses:
        both = tuple(dict.fromkeys([*self.resources, *other.resources]))
        return Uses(self.attributes | other.attributes, both)

    @property
    def partition(self) -> bool:
        """Whether the partition key is asked for."""
        return any("partition" in name for name in self.attributes)


def context_parameter(names: NameIndex, module: str, function: cst.FunctionDef) -> str:
    """The parameter of a plain function that is annotated as a run's context, or the empty string."""
    params = function.params
    for param in [*params.posonly_params, *params.params, *params.kwonly_params]:
        path = dotted(annotation_of(param))
        if path and root_base(names, module, path) in RUN_CONTEXTS:
            return param.name.value
    return ""


def uses_of(names: NameIndex, module: str, function: cst.FunctionDef, context: str) -> Uses:
    """What `function` asks of its parameter `context`, helpers it hands the context to included."""
    uses, seen = Uses(), set[int]()
    waiting = [(module, function, context)]
    while waiting:
        where, asking, parameter = waiting.pop(0)
        if not parameter or id(asking) in seen:
            continue
        seen.add(id(asking))
        direct, helpers = _direct(names, where, asking, parameter)
        uses |= direct
        waiting += helpers
    return uses


def _direct(names: NameIndex, module: str, function: cst.FunctionDef, context: str) -> Direct:
    """What the function itself asks, and the helpers it hands the context to; looked up once."""
    key = (id(function), context)
    if key not in names.asked:
        visitor = _Asked(names, module, context)
        function.body.visit(visitor)
        names.asked[key] = (visitor.uses, visitor.helpers)
    found: Direct = names.asked[key]
    return found


Helper = tuple[str, cst.FunctionDef, str]
"""Module, function, and the name of its context parameter."""
Direct = tuple[Uses, list[Helper]]


class _Asked(cst.CSTVisitor):
    def __init__(self, names: NameIndex, module: str, context: str) -> None:
        super().__init__()
        self._names, self._module, self._context = names, module, context
        self.uses = Uses()
        self.helpers: list[Helper] = []

    def visit_Attribute(self, node: cst.Attribute) -> None:
        path = dotted(node).split(".")
        if path[0] != self._context or len(path) < 2:
            return
        self.uses |= Uses(
            frozenset({path[1]}), (path[2],) if path[1] == "resources" and len(path) > 2 else ()
        )

    def visit_Call(self, node: cst.Call) -> None:
        meaning = self._names.resolve(self._module, dotted(node.func)) if dotted(node.func) else None
        if not isinstance(meaning, Internal) or meaning.rest:
            return
        if not any(isinstance(a.value, cst.Name) and a.value.value == self._context for a in node.args):
            return
        helper = self._names.modules[meaning.module].nodes[meaning.name][-1]
        if isinstance(helper, cst.FunctionDef):
            inner = context_parameter(self._names, meaning.module, helper)
            self.helpers.append((meaning.module, helper, inner))
