"""Calls in a Jinja template whose arguments are written out: `ref('x')`, `source('a', 'b')`, `var('y')`.

Read from the syntax tree, so that branches that no rendering takes count too; each call knows the conditions
it stands under.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

WANTED = frozenset({"ref", "source", "var", "get_relation", "load_relation", "is_incremental", "config"})


@dataclass(frozen=True)
class Call:
    """A call: name, constant arguments, line, and the variables that decide whether it is reached."""

    name: str
    words: tuple[str, ...]
    line: int
    under: tuple[str, ...] = ()
    branch: str = ""


def constant_calls(tree: nodes.Template | None, text: str) -> tuple[Call, ...]:
    """All calls of a template that lineage asks about, in source order."""
    if tree is None:
        return ()
    known = _assigned(tree)
    return tuple(_walk(tree.body, known, (), ""))


def _assigned(tree: nodes.Template) -> dict[str, frozenset[str]]:
    """Template variable → the dbt variables its value is made of; assignments are followed in order."""
    found: dict[str, frozenset[str]] = {}
    for assign in tree.find_all(nodes.Assign):
        if isinstance(assign.target, nodes.Name):
            before = found.get(assign.target.name, frozenset())
            found[assign.target.name] = before | variables_in(assign.node, found)
    return found


def variables_in(node: nodes.Node, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The dbt variables an expression is made of."""
    found: set[str] = set()
    for call in [*node.find_all(nodes.Call), *([node] if isinstance(node, nodes.Call) else [])]:
        if isinstance(call.node, nodes.Name) and call.node.name == "var" and call.args:
            found |= {str(a.value) for a in call.args[:1] if isinstance(a, nodes.Const)}
    for name in [*node.find_all(nodes.Name), *([node] if isinstance(node, nodes.Name) else [])]:
        found |= known.get(name.name, frozenset())
    return frozenset(found)


def _walk(
    body: list[nodes.Node], known: Mapping[str, frozenset[str]], under: tuple[str, ...], branch: str
) -> Iterator[Call]:
    for node in body:
        if isinstance(node, nodes.If):
            yield from _calls(node.test, under, branch)
            inner = tuple(dict.fromkeys([*under, *sorted(variables_in(node.test, known))]))
            here = f"{branch}/{node.lineno}"
            yield from _walk(node.body, known, inner, f"{here}+")
            yield from _walk(list(node.elif_), known, inner, f"{here}-")
            yield from _walk(node.else_, known, inner, f"{here}-")
        elif isinstance(node, nodes.Expr):
            yield from _calls(node, under, branch)
        else:
            held = [child for child in node.iter_child_nodes() if isinstance(child, nodes.Stmt)]
            plain = [child for child in node.iter_child_nodes() if not isinstance(child, nodes.Stmt)]
            for child in plain:
                yield from _inner(child, known, under, branch)
            yield from _walk(list(held), known, under, branch)


def _inner(
    node: nodes.Node, known: Mapping[str, frozenset[str]], under: tuple[str, ...], branch: str
) -> Iterator[Call]:
    """An expression; a conditional one (`a if b else c`) is a branch too."""
    if isinstance(node, nodes.CondExpr):
        inner = tuple(dict.fromkeys([*under, *sorted(variables_in(node.test, known))]))
        for part in (node.test, node.expr1, *([node.expr2] if node.expr2 else [])):
            yield from _inner(part, known, inner, f"{branch}/{node.lineno}")
        return
    if isinstance(node, nodes.Call):
        yield from _one(node, under, branch)
    for child in node.iter_child_nodes():
        yield from _inner(child, known, under, branch)


def _calls(node: nodes.Node, under: tuple[str, ...], branch: str) -> Iterator[Call]:
    yield from _inner(node, {}, under, branch)


def _one(call: nodes.Call, under: tuple[str, ...], branch: str) -> Iterator[Call]:
    target = call.node
    name = (
        target.name
        if isinstance(target, nodes.Name)
        else target.attr
        if isinstance(target, nodes.Getattr)
        else ""
    )
    if name not in WANTED:
        return
    words = tuple(str(a.value) for a in call.args if isinstance(a, nodes.Const))
    if name == "get_relation":
        named = [k.value for k in call.kwargs if k.key == "identifier"] + list(call.args[2:3])
        words = tuple(str(n.value) for n in named if isinstance(n, nodes.Const))
    if words or name in ("is_incremental", "config"):
        yield Call(name, words, call.lineno, under, branch)
