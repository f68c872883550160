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


def uses_of(
    names: NameIndex, module: str, function: cst.FunctionDef, context: str, seen: frozenset[int] = frozenset()
) -> Uses:
    """What `function` asks of its parameter `context`, helpers it hands the context to included."""
    if not context or id(function) in seen:
        return Uses()
    visitor = _Asked(names, module, context, seen | {id(function)})
    function.body.visit(visitor)
    return visitor.uses


class _Asked(cst.CSTVisitor):
    def __init__(self, names: NameIndex, module: str, context: str, seen: frozenset[int]) -> None:
        super().__init__()
        self._names, self._module, self._context, self._seen = names, module, context, seen
        self.uses = Uses()

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
            self.uses |= uses_of(self._names, meaning.module, helper, inner, self._seen)
