"""What the body of a function does to its parameters in one call: `if names is None: names = []`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.component_methods import atom
from migrate.reading.factories.binding import Given, inner_names, spoken
from migrate.reading.folding import UNTOLD, true, worth
from migrate.reading.local_names import local_names
from migrate.reading.unrolling import Put, chosen
from migrate.reading.walking import cloned, rewrite

if TYPE_CHECKING:
    from migrate.reading.factories.telling import Telling

Statements = list[cst.BaseStatement]


def straightened(block: Sequence[cst.BaseStatement], now: Given, telling: Telling) -> Statements:
    """The statements with those branches in them that the call takes.

    `now` is what each name stands for where a statement is reached, and is kept so.
    """
    found: Statements = []
    for statement in block:
        taken = true(_worth(statement.test, now, telling)) if isinstance(statement, cst.If) else None
        if isinstance(statement, cst.If) and taken is not None:
            found += straightened(chosen(statement, taken), now, telling)
            continue
        found.append(statement)
        own = _assigned(statement)
        fresh = _worth(own[1], now, telling) if own else None
        for name in changed_by([statement]):
            now.pop(name, None)
        if own and fresh is not None and _unchanging(fresh):
            now[own[0]] = fresh
    return found


def _unchanging(node: cst.BaseExpression) -> bool:
    """Whether a value is a literal that no later statement can change."""
    value = worth(node)
    return value is not UNTOLD and not isinstance(value, list | dict | set)


def _worth(node: cst.BaseExpression, now: Given, telling: Telling) -> cst.BaseExpression:
    """An expression over what its names stand for."""
    inner = inner_names(node)
    fresh = rewrite(cloned(node), Put({n: atom(cloned(v)) for n, v in now.items() if n not in inner}))
    folded = telling.folded(fresh)
    assert isinstance(folded, cst.BaseExpression)
    return folded


def _assigned(statement: cst.BaseStatement) -> tuple[str, cst.BaseExpression] | None:
    """The name and the value of `name = value`."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if not isinstance(small, cst.Assign) or len(small.targets) != 1:
        return None
    target = small.targets[0].target
    return (target.value, small.value) if isinstance(target, cst.Name) else None


def changed_by(block: Sequence[cst.BaseStatement]) -> frozenset[str]:
    """The names that statements bind, in whatever block, but not in functions of their own."""
    body = cst.IndentedBlock(list(block))
    return frozenset(local_names(cst.FunctionDef(cst.Name("_"), cst.Parameters(), body), "", False))


def set_first(block: Sequence[cst.BaseStatement], name: str) -> bool:
    """Whether the first statement that has to do with a name gives it another value."""
    for statement in block:
        if name in changed_by([statement]) or spoken(statement).get(name):
            own = _assigned(statement)
            return own is not None and own[0] == name and not spoken(own[1]).get(name)
    return False


def kept(block: Sequence[cst.BaseStatement], given: Given, put: Given) -> Statements:
    """The assignments of what parameters are given that stay variables."""
    whole = cst.Module(list(block))  # type: ignore[arg-type]
    return [
        cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(n))], v)])
        for n, v in given.items()
        if n not in put and spoken(whole).get(n) and not set_first(block, n)
    ]
