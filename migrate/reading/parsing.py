"""LibCST's parser, with white space and punctuation made once instead of at every place, the rest quicker.

Half the nodes of a syntax tree are white space, commas, dots and brackets, and most of them are equal. The
parser takes each node's class from the package `libcst` when it makes one: while it runs, these classes are
replaced by functions that hand out the node they made before from the same parts. Nodes cannot be changed,
and nothing here tells two such nodes apart, so a tree says the same as before; it takes two thirds of the
memory. The other frequent kinds are made by `making`; together three quarters of the time. A process with
other threads parses plainly: they might ask for the classes meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import libcst as cst

from migrate.reading.making import MADE, makers

SHARED = (
    *(cst.SimpleWhitespace, cst.ParenthesizedWhitespace, cst.TrailingWhitespace, cst.EmptyLine, cst.Newline),
    *(cst.LeftParen, cst.RightParen, cst.LeftSquareBracket, cst.RightSquareBracket, cst.LeftCurlyBrace),
    *(cst.RightCurlyBrace, cst.Comma, cst.Colon, cst.Semicolon, cst.Dot, cst.AssignEqual),
)
"""Kinds of nodes that say nothing but their parts."""
OF_TEXT = (cst.SimpleWhitespace, cst.Newline)
"""Those whose part is a text, which may be another one each time though it says the same."""
REMEMBERED = 512
"""How many different nodes of a kind are remembered: a comment makes one that does not come again."""
PLAIN: dict[str, Any] = {kind.__name__: kind for kind in (*SHARED, *MADE)}


def _once(kind: Any) -> Callable[..., Any]:
    """Hands out the node of a kind that was made before from the very same parts.

    Parts are told by their `id`: the node that is remembered keeps them, so that no other part has it.
    """
    made: dict[tuple[int, ...], Any] = {}

    def once(**parts: Any) -> Any:
        key = tuple(map(id, parts.values()))
        node = made.get(key)
        if node is None:
            if len(made) >= REMEMBERED:
                made.clear()
            node = made[key] = kind(**parts)
        return node

    return once


QUICK: dict[str, Any] = {
    **{kind.__name__: lru_cache(REMEMBERED)(kind) for kind in OF_TEXT},
    **{kind.__name__: _once(kind) for kind in SHARED if kind not in OF_TEXT},
    **makers(),
}


def parse_module(source: str | bytes) -> cst.Module:
    """The syntax tree of a module.

    Raises:
        ParserSyntaxError: it is not Python.
    """
    with _made_once():
        return cst.parse_module(source)


def parse_expression(source: str) -> cst.BaseExpression:
    """The syntax tree of an expression.

    Raises:
        ParserSyntaxError: it is not one.
    """
    with _made_once():
        return cst.parse_expression(source)


@contextmanager
def _made_once() -> Iterator[None]:
    alone = threading.active_count() == 1
    if alone:
        vars(cst).update(QUICK)
    try:
        yield
    finally:
        if alone:
            vars(cst).update(PLAIN)
