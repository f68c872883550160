"""Walks over syntax trees that pay only for what they touch.

`CSTNode.visit` builds every node of the tree anew, white space included, also for a visitor that only
looks: ten times the cost of parsing. Here a visitor that looks builds nothing, a transformer builds only what
changed (an unchanged node stays the same object), and white space, brackets and operators are passed by:
a visitor that has a method for one of those is refused.

The visitors are LibCST's own: https://libcst.readthedocs.io/en/latest/visitors.html
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import libcst as cst

Node = TypeVar("Node", bound=cst.CSTNode)
Plan = tuple[Callable[..., Any] | None, Callable[..., Any] | None, tuple[str, ...]]
"""What to call with a node going in and coming out, and the fields to go into."""
LEAF: Plan = (None, None, ())
_UNSET = cst.MaybeSentinel.DEFAULT

PASSED_BY = frozenset(
    {
        *("lpar", "rpar", "lbrace", "rbrace", "lbracket", "rbracket", "comma", "trailing_comma", "colon"),
        *("first_colon", "second_colon", "semicolon", "separator", "dot", "equal", "operator", "relative"),
        *("header", "footer", "leading_lines", "leading_whitespace", "lines_after_decorators", "comment"),
        *("trailing_whitespace", "empty_lines", "first_line", "last_line", "newline", "asynchronous"),
        "posonly_ind",
    }
)
"""Fields that hold white space, comments, brackets and operators."""
UNSEEN = (
    *(cst.BaseParenthesizableWhitespace, cst.TrailingWhitespace, cst.EmptyLine, cst.Comment, cst.Newline),
    *(cst.LeftParen, cst.RightParen, cst.LeftCurlyBrace, cst.RightCurlyBrace, cst.LeftSquareBracket),
    *(cst.RightSquareBracket, cst.Comma, cst.Colon, cst.Semicolon, cst.Dot, cst.AssignEqual),
    *(cst.BaseBinaryOp, cst.BaseBooleanOp, cst.BaseCompOp, cst.BaseUnaryOp, cst.BaseAugOp),
    *(cst.Asynchronous, cst.ParamSlash),
)


class Hooks(dict[type, Plan]):
    """Kind of node → plan, of one visitor's class; a kind is added when it comes for the first time."""

    def __init__(self, visitor: type) -> None:
        super().__init__()
        base = cst.CSTTransformer if issubclass(visitor, cst.CSTTransformer) else cst.CSTVisitor
        self.methods: dict[tuple[str, type], Callable[..., Any]] = {}
        for name in dir(visitor):
            when, _, kind = name.partition("_")
            method = getattr(visitor, name)
            if when not in ("visit", "leave") or method is getattr(base, name, None):
                continue
            node = getattr(cst, kind, None)
            if node is None or issubclass(node, UNSEEN):
                raise TypeError(f"{visitor.__name__}.{name}: no walk comes there")
            self.methods[when, node] = method

    def plan(self, node: cst.CSTNode) -> Plan:
        """The plan for a node's kind."""
        kind = type(node)
        plan = (self.methods.get(("visit", kind)), self.methods.get(("leave", kind)), _fields(node))
        self[kind] = LEAF if plan == LEAF else plan
        return self[kind]


@cache
def _hooks(visitor: type) -> Hooks:
    return Hooks(visitor)


def look(node: cst.CSTNode, visitor: cst.CSTVisitor) -> None:
    """Show a node and everything below it to a visitor.

    Raises:
        TypeError: the visitor has a method for something that is passed by.
    """
    hooks = _hooks(type(visitor))
    _look(node, visitor, hooks, hooks.get(node.__class__) or hooks.plan(node))


def rewrite(
    node: Node, transformer: cst.CSTTransformer
) -> Node | cst.RemovalSentinel | cst.FlattenSentinel[Node]:
    """What a transformer makes of a node and of everything below it.

    Raises:
        TypeError: the transformer has a method for something that is passed by, or removes what must stay.
    """
    return _rewrite(node, transformer, _hooks(type(transformer)))  # type: ignore[no-any-return]


def rewritten_tree(module: cst.Module, transformer: cst.CSTTransformer) -> cst.Module:
    """The same for a whole module, which can be neither removed nor several."""
    done = rewrite(module, transformer)
    assert isinstance(done, cst.Module)
    return done


def parts_of(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes right below one, in the order of the source, without what is passed by.

    What `node.children` says of these; it makes each of them anew to find that out.
    """
    found: list[cst.CSTNode] = []
    for name in _fields(node):
        value = getattr(node, name)
        if isinstance(value, tuple | list):
            found += value
        elif isinstance(value, cst.CSTNode):
            found.append(value)
    return found


def cloned(node: Node) -> Node:
    """A tree that says the same, of other nodes; white space, brackets and operators are the same ones."""
    fresh: dict[str, Any] = {}
    for name in _fields(node):
        value = getattr(node, name)
        if isinstance(value, tuple | list):
            fresh[name] = tuple(map(cloned, value))
        elif isinstance(value, cst.CSTNode):
            fresh[name] = cloned(value)
    return node.with_changes(**fresh)


def _look(node: Any, visitor: cst.CSTVisitor, hooks: Hooks, plan: Plan) -> None:
    visit, leave, fields = plan
    if visit is None or visit(visitor, node) is not False:
        for name in fields:
            value = getattr(node, name)
            if value is None or value is _UNSET:
                continue
            kind = value.__class__
            if kind is tuple or kind is list:
                for child in value:
                    inner = hooks.get(child.__class__) or hooks.plan(child)
                    if inner is not LEAF:
                        _look(child, visitor, hooks, inner)
            else:
                inner = hooks.get(kind) or hooks.plan(value)
                if inner is not LEAF:
                    _look(value, visitor, hooks, inner)
    if leave is not None:
        leave(visitor, node)


def _rewrite(node: Any, transformer: cst.CSTTransformer, hooks: Hooks) -> Any:
    visit, leave, fields = hooks.get(node.__class__) or hooks.plan(node)
    changes: dict[str, Any] = {}
    if visit is None or visit(transformer, node) is not False:
        for name in fields:
            value = getattr(node, name)
            if value is None or value is _UNSET:
                continue
            if value.__class__ is tuple or value.__class__ is list:
                fresh = _several(value, transformer, hooks, name == "body")
            elif hooks.get(value.__class__) is LEAF:
                continue
            else:
                fresh = _rewrite(value, transformer, hooks)
                fresh = fresh if fresh is value else _one(node, name, fresh)
            if fresh is not value:
                changes[name] = fresh
    updated = node.with_changes(**changes) if changes else node
    return updated if leave is None else leave(transformer, node, updated)


def _several(children: Any, transformer: cst.CSTTransformer, hooks: Hooks, statements: bool) -> Any:
    """A sequence with what became of its members; itself when nothing changed."""
    found: list[Any] = []
    same = True
    for child in children:
        fresh = child if hooks.get(child.__class__) is LEAF else _rewrite(child, transformer, hooks)
        if fresh is child:
            found.append(child)
            continue
        same = False
        if isinstance(fresh, cst.RemovalSentinel):
            continue
        parts = list(fresh) if isinstance(fresh, cst.FlattenSentinel) else [fresh]
        if statements:  # a line of which nothing is left goes, as LibCST does it
            parts = [p for p in parts if not p._is_removable() or child._is_removable()]
        found += parts
    return children if same else tuple(found)


def _one(node: cst.CSTNode, name: str, fresh: Any) -> Any:
    if isinstance(fresh, cst.FlattenSentinel):
        raise TypeError(f"{name} of {type(node).__name__} cannot be several")
    if not isinstance(fresh, cst.RemovalSentinel):
        return fresh
    wanted = type(node).__dataclass_fields__[name].type
    if "None" not in str(wanted) and "Optional" not in str(wanted):
        raise TypeError(f"{name} of {type(node).__name__} cannot be removed")
    return None


class _Recorder(cst.CSTVisitor):
    """Has LibCST tell in which order it visits the fields of one node."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self._first = True

    def on_visit(self, node: cst.CSTNode) -> bool:
        first, self._first = self._first, False
        return first

    def on_visit_attribute(self, node: cst.CSTNode, attribute: str) -> None:
        self.names.append(attribute)


def _fields(node: cst.CSTNode) -> tuple[str, ...]:
    kind = type(node)
    if kind not in _KNOWN:
        recorder = _Recorder()
        cst.CSTNode.visit(node, recorder)
        # one that is not there is not always told of
        more = [f.name for f in dataclasses.fields(node) if "_nodes." in str(f.type) or "Ref" in str(f.type)]
        names = (n for n in [*recorder.names, *more] if not n.startswith("whitespace") and n not in PASSED_BY)
        _KNOWN[kind] = tuple(dict.fromkeys(names))
    return _KNOWN[kind]


_KNOWN: dict[type, tuple[str, ...]] = {}
"""A kind of node → its fields to go into, in the order of the source."""
