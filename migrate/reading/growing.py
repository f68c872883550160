"""Lists and dictionaries that a module fills step by step: `assets.append(one)`, `jobs["x"] = job`.

Each statement that has to do with such a name is run again in order; what cannot be run makes the name
unknown, so that nobody takes the empty list it began with for what it is in the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.names import bound_by
from migrate.reading.values import Unknown

if TYPE_CHECKING:
    from migrate.reading.bodies import Body

METHODS = frozenset(
    {
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "reverse"),
        *("add", "discard", "update", "setdefault", "popitem"),
    }
)
"""Methods that change a list, set or dictionary in place."""
BLOCKS = cst.If | cst.Else | cst.For | cst.While | cst.With | cst.Try | cst.ExceptHandler | cst.Finally


def changed_by(small: cst.CSTNode) -> str:
    """The name of the list or dictionary that a small statement changes in place; empty for none."""
    call = small.value if isinstance(small, cst.Expr) else None
    if isinstance(call, cst.Call) and isinstance(call.func, cst.Attribute):
        owner = call.func.value
        return owner.value if call.func.attr.value in METHODS and isinstance(owner, cst.Name) else ""
    targets: list[cst.CSTNode] = [t.target for t in small.targets] if isinstance(small, cst.Assign) else []
    targets += [small.target] if isinstance(small, cst.AugAssign) else []
    targets += [small.target] if isinstance(small, cst.Del) else []
    owners = (t.value for t in targets if isinstance(t, cst.Subscript))
    return next((owner.value for owner in owners if isinstance(owner, cst.Name)), "")


def grown(tree: Sequence[cst.CSTNode]) -> dict[str, list[cst.CSTNode]]:
    """Names that a module changes in place or binds in a branch, and all statements that concern them."""
    changed = changed_names(tree) | _chosen(tree)
    found: dict[str, list[cst.CSTNode]] = {name: [] for name in changed}
    for statement in tree if changed else ():
        for name in changed & {*_changes(statement), *(name for name, _ in _binds(statement))}:
            found[name].append(statement)
    return found


def changed_names(tree: Sequence[cst.CSTNode]) -> set[str]:
    """Names whose list, set or dictionary a module changes in place."""
    return {name for statement in tree for name in _changes(statement)}


def _chosen(tree: Sequence[cst.CSTNode]) -> set[str]:
    """Names assigned in several places, one of them a branch: which of them counts is for that to say."""
    places: dict[str, list[cst.CSTNode]] = {}
    for statement in tree:
        for name, node in _binds(statement):
            places.setdefault(name, []).append(node)
    within = {name for s in tree if isinstance(s, cst.If | cst.Try) for name, _ in _binds(s)}
    plain = cst.Assign | cst.AnnAssign | cst.AugAssign
    return {n for n in within if len(places[n]) > 1 and all(isinstance(p, plain) for p in places[n])}


def replayed(body: Body, statements: Sequence[cst.CSTNode], name: str) -> Any:
    """What a name is worth after these statements.

    Raises:
        Stop: one of them cannot be run by reading.
    """
    for statement in statements:
        body.statement(statement)
    return body.local.get(name, Unknown(f"{name} is built step by step"))


def _changes(statement: cst.CSTNode) -> Iterator[str]:
    if isinstance(statement, cst.SimpleStatementLine | cst.SimpleStatementSuite):
        yield from filter(None, map(changed_by, statement.body))
    for inner in _inner(statement):
        yield from _changes(inner)


def _binds(statement: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    yield from bound_by(statement)
    for inner in _inner(statement):
        yield from _binds(inner)


def _inner(statement: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The statements in the blocks of one, those of functions and classes left out."""
    if not isinstance(statement, BLOCKS):
        return
    yield from statement.body.body
    for name in ("orelse", "finalbody"):
        other = getattr(statement, name, None)
        if other is not None:
            yield other
    if isinstance(statement, cst.Try):
        yield from statement.handlers
