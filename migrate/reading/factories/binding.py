"""What a call hands to the parameters of a function, as expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import libcst as cst

from migrate.reading.component_templates import Untold
from migrate.reading.folding import UNTOLD, worth
from migrate.reading.names import dotted
from migrate.reading.walking import cloned, look

Given = dict[str, cst.BaseExpression]


def bound(function: cst.FunctionDef, args: Sequence[cst.Arg]) -> Given:
    """The expression of each parameter.

    Raises:
        Untold: which argument goes to which parameter cannot be told.
    """
    params = function.params
    if isinstance(params.star_arg, cst.Param):
        raise Untold("*args")
    ordered = [*params.posonly_params, *params.params]
    known = [*ordered, *params.kwonly_params]
    found: Given = {}
    rest: list[cst.BaseDictElement] = []
    places = iter(ordered)
    for arg in _written(args):
        name = arg.keyword.value if arg.keyword else ""
        if name:
            if any(p.name.value == name for p in known):
                found[name] = arg.value
            else:
                rest.append(cst.DictElement(cst.SimpleString(f'"{name}"'), arg.value))
            continue
        param = next(places, None)
        if param is None:
            raise Untold("more arguments than parameters")
        found[param.name.value] = arg.value
    for param in known:
        if param.name.value not in found:
            if param.default is None:
                raise Untold(f"no argument {param.name.value}")
            found[param.name.value] = cloned(param.default)
    if isinstance(params.star_kwarg, cst.Param):
        found[params.star_kwarg.name.value] = cst.Dict(rest)
    elif rest:
        raise Untold("an argument without a parameter")
    return found


def _written(args: Sequence[cst.Arg]) -> list[cst.Arg]:
    """The arguments with `**{…}` and `*[…]` written out."""
    found: list[cst.Arg] = []
    for arg in args:
        if not arg.star:
            found.append(arg)
        elif arg.star == "*" and isinstance(arg.value, cst.List | cst.Tuple):
            found += [cst.Arg(e.value) for e in arg.value.elements]
        elif isinstance(arg.value, cst.Dict):
            for element in arg.value.elements:
                key = worth(element.key) if isinstance(element, cst.DictElement) else UNTOLD
                if not isinstance(key, str):
                    raise Untold("**")
                found.append(cst.Arg(element.value, cst.Name(key)))
        else:
            raise Untold("arguments of a variable")
    return found


def moved(node: cst.BaseExpression) -> bool:
    """Whether an expression means the same wherever in the module it stands, and however often."""
    if worth(node) is not UNTOLD:
        return not isinstance(worth(node), list | dict | set) or isinstance(node, cst.List | cst.Dict)
    if dotted(node) or isinstance(node, cst.Lambda):
        return True
    if isinstance(node, cst.Subscript):
        return moved(node.value) and all(
            isinstance(e.slice, cst.Index) and moved(e.slice.value) for e in node.slice
        )
    if isinstance(node, cst.List | cst.Tuple):
        return all(isinstance(e, cst.Element) and moved(e.value) for e in node.elements)
    if isinstance(node, cst.Dict):
        return all(isinstance(e, cst.DictElement) and moved(e.key) and moved(e.value) for e in node.elements)
    return False


class _Spoken(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, int] = {}
        self.inner: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        self.names[node.value] = self.names.get(node.value, 0) + 1

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        look(node.value, self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        look(node.value, self)
        return False

    def visit_CompFor(self, node: cst.CompFor) -> None:
        self.inner |= set(_names(node.target))

    def visit_Lambda(self, node: cst.Lambda) -> None:
        self.inner |= {p.name.value for p in node.params.params}


def spoken(node: cst.CSTNode) -> Mapping[str, int]:
    """The names that stand in a node, and how often; those of attributes and arguments are none."""
    visitor = _Spoken()
    look(node, visitor)
    return visitor.names


def inner_names(node: cst.CSTNode) -> set[str]:
    """The variables of comprehensions and lambdas within a node."""
    visitor = _Spoken()
    look(node, visitor)
    return visitor.inner


def _names(target: cst.BaseExpression) -> list[str]:
    if isinstance(target, cst.Name):
        return [target.value]
    return [n for e in getattr(target, "elements", ()) for n in _names(e.value)]
