"""What a storage class of the project asks of its contexts: its own methods, and what it hands them to."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from migrate.reading.context_uses import handed_to
from migrate.reading.names import External, Internal, NameIndex, canonical, dotted
from migrate.reading.walking import look

METHODS = ("handle_output", "load_input")
CONTEXTS = ("InputContext", "OutputContext")
DEPTH = 3


def asked_by(names: NameIndex, module: str, class_: cst.ClassDef, inherited: bool = True) -> frozenset[str]:
    """Dotted names asked of the contexts of a class, at most three parts each.

    `inherited` counts what the classes of the project below it ask too.
    """
    key = ("storage", id(class_), inherited)
    if key not in names.asked:
        names.asked[key] = frozenset()
        found = set(_own(names, module, class_))
        for base_module, base in _bases(names, module, class_) if inherited else ():
            found |= asked_by(names, base_module, base)
        if inherited and descends(names, module, class_, "dagster.UPathIOManager"):
            found.add("metadata")
        names.asked[key] = frozenset(found)
    answer: frozenset[str] = names.asked[key]
    return answer


def descends(names: NameIndex, module: str, class_: cst.ClassDef, path: str) -> bool:
    """Whether a class of Dagster is among the bases of a class, or of a class of the project below it."""
    for base in class_.bases:
        found = names.resolve(module, dotted(base.value)) if dotted(base.value) else None
        if isinstance(found, External) and canonical(found.path) == path:
            return True
    return any(descends(names, m, c, path) for m, c in _bases(names, module, class_))


def _own(names: NameIndex, module: str, class_: cst.ClassDef) -> Iterator[str]:
    yield from _followed(names, [(module, f, p) for f in class_.body.body for p in _contexts(f)])


def asked_in(names: NameIndex, module: str, function: cst.FunctionDef) -> frozenset[str]:
    """What a function asks of its first parameter."""
    first = [p.name.value for p in function.params.params[:1]]
    return frozenset(_followed(names, [(module, function, p) for p in first]))


def _followed(names: NameIndex, waiting: list[tuple[str, cst.CSTNode, str]]) -> Iterator[str]:
    """What functions ask of a parameter, and those that they hand it to."""
    seen = set()
    while waiting:
        where, function, parameter = waiting.pop()
        if (id(function), parameter) in seen or not isinstance(function, cst.FunctionDef):
            continue
        seen.add((id(function), parameter))
        visitor = _Asked(names, where, parameter)
        look(function.body, visitor)
        yield from visitor.paths
        waiting += visitor.helpers


def _contexts(function: cst.CSTNode) -> list[str]:
    """The parameters of a method that are contexts."""
    if not isinstance(function, cst.FunctionDef):
        return []
    given = [p for p in function.params.params if p.name.value not in ("self", "cls")]
    first = given[:1] if function.name.value in METHODS else []
    return [p.name.value for p in given if p in first or p.name.value == "context" or _annotated(p)]


def _annotated(param: cst.Param) -> bool:
    code = cst.Module([]).code_for_node(param.annotation.annotation) if param.annotation else ""
    return any(name in code for name in CONTEXTS)


def _bases(names: NameIndex, module: str, class_: cst.ClassDef) -> Iterator[tuple[str, cst.ClassDef]]:
    for base in class_.bases:
        found = names.resolve(module, dotted(base.value)) if dotted(base.value) else None
        if isinstance(found, Internal) and not found.rest:
            node = names.modules[found.module].nodes[found.name][-1]
            if isinstance(node, cst.ClassDef):
                yield found.module, node


class _Asked(cst.CSTVisitor):
    def __init__(self, names: NameIndex, module: str, context: str) -> None:
        super().__init__()
        self._names, self._module, self._context = names, module, context
        self.paths: set[str] = set()
        self.helpers: list[tuple[str, cst.FunctionDef, str]] = []

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        path = dotted(node).split(".")
        if path[0] != self._context or len(path) < 2:
            return True
        if "__class__" not in path:
            self.paths.add(".".join(path[1 : DEPTH + 1]))
        return False

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        helper = handed_to(self._names, self._module, node, self._context)
        if helper:
            self.helpers.append(helper)
