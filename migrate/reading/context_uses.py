"""What a function asks of Dagster's context, through the project's own helpers too."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from migrate.reading.constructs import root_base
from migrate.reading.names import Internal, NameIndex, dotted
from migrate.reading.signatures import annotation_of
from migrate.reading.walking import look

RUN_CONTEXTS = (
    *("dagster.OpExecutionContext", "dagster.AssetExecutionContext", "dagster.AssetCheckExecutionContext"),
    *("dagster.AbstractComputeExecutionContext",),
)

PERHAPS = "getattr."
"""Before the name of an attribute that `getattr` asks for: it may be none of Dagster's."""


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
        return any("partition" in name for name in self.attributes if "." not in name)


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
        look(function.body, visitor)
        names.asked[key] = (visitor.uses, visitor.helpers)
    found: Direct = names.asked[key]
    return found


Helper = tuple[str, cst.FunctionDef, str]
"""Module, function, and the name of its context parameter."""
Direct = tuple[Uses, list[Helper]]


def handed_to(names: NameIndex, module: str, call: cst.Call, context: str) -> Helper | None:
    """The function of the project that a call hands the context to, and the name it has there."""
    given = [
        (arg.keyword.value if arg.keyword else place)
        for place, arg in enumerate(call.args)
        if isinstance(arg.value, cst.Name) and arg.value.value == context and not arg.star
    ]
    meaning = names.resolve(module, dotted(call.func)) if given and dotted(call.func) else None
    if not isinstance(meaning, Internal) or meaning.rest:
        return None
    helper = names.modules[meaning.module].nodes[meaning.name][-1]
    if not isinstance(helper, cst.FunctionDef):
        return None
    params = [p.name.value for p in (*helper.params.posonly_params, *helper.params.params)]
    place = given[0]
    inner = place if isinstance(place, str) else params[place] if place < len(params) else ""
    return meaning.module, helper, inner


class _Asked(cst.CSTVisitor):
    def __init__(self, names: NameIndex, module: str, context: str) -> None:
        super().__init__()
        self._names, self._module, self._context = names, module, context
        self.uses = Uses()
        self.helpers: list[Helper] = []

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        path = dotted(node).split(".")
        if path[0] != self._context or len(path) < 2:
            return True
        asked = ".".join(path[1:3]) if path[1] == "instance" else path[1]
        taken = (path[2],) if path[1] == "resources" and len(path) > 2 else ()
        self.uses |= Uses(frozenset({asked}), taken)
        return False

    def visit_Call(self, node: cst.Call) -> None:
        helper = handed_to(self._names, self._module, node, self._context)
        if helper:
            self.helpers.append(helper)
        if dotted(node.func) == "getattr" and dotted(node.args[0].value) == self._context:
            name = node.args[1].value if len(node.args) > 1 else None
            if isinstance(name, cst.SimpleString):
                self.uses |= Uses(frozenset({f"{PERHAPS}{name.raw_value}"}))
