"""A plain function that a composition calls: what it invokes is invoked in the place where it is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.values import Defined
from migrate.rewriting.work import Work

DEEPEST = 20
"""How many functions may call each other: one that calls itself has no end here."""


@dataclass(frozen=True)
class Helper:
    """A function of the project, and the module that its names are looked up in."""

    function: cst.FunctionDef
    module: str
    nested: bool = False

    def bound(self, args: Sequence[cst.Arg]) -> dict[str, cst.BaseExpression] | None:
        """What each parameter is given, defaults included; None when that cannot be told."""
        params = self.function.params
        if any(arg.star for arg in args) or isinstance(params.star_arg, cst.Param) or params.star_kwarg:
            return None
        names = [p.name.value for p in (*params.posonly_params, *params.params)]
        every = (*params.posonly_params, *params.params, *params.kwonly_params)
        found = {p.name.value: p.default for p in every if p.default is not None}
        found.update(zip(names, (a.value for a in args if not a.keyword), strict=False))
        found.update({a.keyword.value: a.value for a in args if a.keyword})
        return found if {p.name.value for p in every} == set(found) else None


def helper_of(work: Work, node: cst.BaseExpression, value: Any) -> Helper | None:
    """The undecorated function of the project that an expression names."""
    if not dotted(node) or not isinstance(value, Defined):
        return None
    found = work.model.project.names.modules[value.module].nodes[value.name][-1]
    plain = isinstance(found, cst.FunctionDef) and not found.decorators and not found.asynchronous
    return Helper(found, value.module) if plain and isinstance(found, cst.FunctionDef) else None
