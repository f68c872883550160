"""What decorators of the project ask of the context of the function below them."""

from __future__ import annotations

import libcst as cst

from migrate.reading.context_uses import Uses, uses_of
from migrate.reading.names import NameIndex, dotted
from migrate.reading.walking import look, rewrite

STAND_IN = "the_context_of_the_function"


def wrappers_in(function: cst.FunctionDef, depth: int) -> list[cst.FunctionDef]:
    """The functions that a decorator puts in place of the one below it.

    Those that `functools.wraps` says so of; else those that stand `depth` functions deep.
    """
    visitor = _Wraps()
    look(function.body, visitor)
    level = [function]
    for _ in range(depth):
        level = [inner for one in level for inner in _inner(one)]
    return visitor.found or level


def asked_by_wrapper(names: NameIndex, module: str, wrapper: cst.FunctionDef) -> Uses:
    """What a wrapper asks of the context: its first parameter, `args[0]` or `kwargs["context"]`."""
    key = ("wrapper", id(wrapper))
    if key not in names.asked:
        params = wrapper.params
        stars = [p.name.value for p in (params.star_arg, params.star_kwarg) if isinstance(p, cst.Param)]
        told = rewrite(wrapper, _StandIn(set(stars)))
        assert isinstance(told, cst.FunctionDef)
        aliases = _Aliases({STAND_IN, *[p.name.value for p in params.params[:1]]})
        look(told.body, aliases)
        uses = Uses()
        for name in sorted(aliases.names):
            uses |= uses_of(names, module, told, name)
        names.asked[key] = (told, uses)  # the function is kept: its identity must not come again
    found: Uses = names.asked[key][1]
    return found


def _inner(function: cst.FunctionDef) -> list[cst.FunctionDef]:
    body = function.body.body if isinstance(function.body, cst.IndentedBlock) else ()
    return [s for s in body if isinstance(s, cst.FunctionDef)]


class _Wraps(cst.CSTVisitor):
    """Functions below `@wraps(...)`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.FunctionDef] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        calls = [d.decorator for d in node.decorators if isinstance(d.decorator, cst.Call)]
        if any(dotted(c.func).split(".")[-1] == "wraps" for c in calls):
            self.found.append(node)


class _StandIn(cst.CSTTransformer):
    """A name of its own where `*args` and `**kwargs` are asked for the context."""

    def __init__(self, stars: set[str]) -> None:
        super().__init__()
        self._stars = stars

    def leave_Subscript(
        self, original_node: cst.Subscript, updated_node: cst.Subscript
    ) -> cst.BaseExpression:
        mine = isinstance(original_node.value, cst.Name) and original_node.value.value in self._stars
        return cst.Name(STAND_IN) if mine else updated_node

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        root, _, method = dotted(original_node.func).partition(".")
        return cst.Name(STAND_IN) if root in self._stars and method in ("get", "pop") else updated_node


class _Aliases(cst.CSTVisitor):
    """Names that are bound to what holds the context."""

    def __init__(self, names: set[str]) -> None:
        super().__init__()
        self.names = names

    def visit_Assign(self, node: cst.Assign) -> None:
        either = isinstance(node.value, cst.BooleanOperation | cst.IfExp)
        parts = node.value.children if either else [node.value]
        if any(isinstance(p, cst.Name) and p.value in self.names for p in parts):
            self.names |= {dotted(t.target) for t in node.targets if isinstance(t.target, cst.Name)}
