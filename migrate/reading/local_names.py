"""The names that a function binds itself: they hide what the module means by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import libcst as cst

from migrate.reading.names import bound_by, imports_of, names_in


@lru_cache(maxsize=64)  # one pass after the other asks for the same functions
def local_names(function: cst.FunctionDef, module: str, package: bool) -> Mapping[str, str | None]:
    """Names a function binds itself: imports with what they lead to, all others with None."""
    params = function.params
    every = [
        *params.posonly_params,
        *params.params,
        *params.kwonly_params,
        params.star_kwarg,
        params.star_arg,
    ]
    found: dict[str, str | None] = {p.name.value: None for p in every if isinstance(p, cst.Param)}
    for statement in _inside(function.body):
        for name, _ in bound_by(statement):
            found.setdefault(name, None)
        for target in _targets(statement):
            found.update(dict.fromkeys(names_in(target)))
        if isinstance(statement, cst.SimpleStatementLine):
            for small in statement.body:
                if isinstance(small, cst.Import | cst.ImportFrom):
                    found.update(dict(imports_of(small, module, package)))
    return found


def _targets(statement: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """What a loop, a `with` or an `except` binds."""
    if isinstance(statement, cst.For):
        yield statement.target
    elif isinstance(statement, cst.With):
        yield from (item.asname.name for item in statement.items if item.asname)
    elif isinstance(statement, cst.Try | cst.TryStar):
        yield from (handler.name.name for handler in statement.handlers if handler.name)


def _inside(block: Any) -> Iterator[cst.CSTNode]:
    for statement in getattr(block, "body", ()):
        yield statement
        if isinstance(
            statement, cst.If | cst.Try | cst.With | cst.For | cst.While | cst.Else | cst.ExceptHandler
        ):
            yield from _inside(statement.body)
            for other in ("orelse", "finalbody"):
                if getattr(statement, other, None):
                    yield from _inside(
                        getattr(statement, other).body
                        if not isinstance(getattr(statement, other), cst.If)
                        else _Only(getattr(statement, other))
                    )
            for handler in getattr(statement, "handlers", ()):
                yield from _inside(handler.body)


class _Only:
    def __init__(self, node: cst.CSTNode) -> None:
        self.body = [node]
