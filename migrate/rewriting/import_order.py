"""Where an import stands among others: isort's order, its sections, and the empty lines between them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache

import libcst as cst

from migrate.reading.names import dotted

Key = tuple[int, bool, str]
"""Section, whether `from … import`, and the module's path as isort compares it."""
Line = cst.SimpleStatementLine


@lru_cache(maxsize=2048)
def path_of(node: cst.ImportFrom) -> str:
    """The dotted path of the module an import statement takes names from, dots in front included."""
    return "." * len(node.relative) + (dotted(node.module) if node.module else "")


def _section(path: str, is_own: Callable[[str], bool]) -> int:
    if path == "__future__":
        return 0
    if path.startswith("."):
        return 4
    if path.split(".", maxsplit=1)[0] == "prefect_support":
        return 3
    if path.split(".", maxsplit=1)[0] in sys.stdlib_module_names:
        return 1
    return 3 if is_own(path) else 2


def key(path: str, is_from: bool, is_own: Callable[[str], bool]) -> Key:
    """The place of an import in the order."""
    dots = len(path) - len(path.lstrip("."))
    return _section(path, is_own), is_from, (f"{9 - dots}{path.lstrip('.')}" if dots else path).lower()


def key_of(statement: cst.CSTNode, is_own: Callable[[str], bool]) -> Key | None:
    """The place of an import statement in the order; None for any other statement."""
    if not isinstance(statement, Line) or len(statement.body) != 1:
        return None
    small = statement.body[0]
    if isinstance(small, cst.ImportFrom):
        return key(path_of(small), True, is_own)
    if isinstance(small, cst.Import):
        return key(dotted(small.names[0].name), False, is_own)
    return None


def is_docstring(statement: cst.CSTNode) -> bool:
    """Whether a statement is a docstring."""
    return (
        isinstance(statement, Line)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, cst.SimpleString | cst.ConcatenatedString)
    )


def spaced(module: cst.Module, is_own: Callable[[str], bool]) -> cst.Module:
    """One empty line between sections of imports, none within, as isort leaves them."""
    body: list[cst.BaseStatement] = list(module.body)
    start = 1 if body and is_docstring(body[0]) else 0
    section: int | None = None
    for index in range(start, len(body)):
        statement = body[index]
        place = key_of(statement, is_own)
        if place is None:
            if section is not None and isinstance(
                statement, Line | cst.FunctionDef | cst.ClassDef | cst.If | cst.Try
            ):
                body[index] = _gap(
                    statement, 2 if isinstance(statement, cst.FunctionDef | cst.ClassDef) else 1
                )
            break
        assert isinstance(statement, Line)
        first = index == 0
        body[index] = _gap(statement, 0 if first or section == place[0] else 1)
        section = place[0]
    return module.with_changes(body=body)


def _gap(statement: cst.BaseStatement, lines: int) -> cst.BaseStatement:
    leading = list(statement.leading_lines)  # type: ignore[attr-defined]
    comments = leading
    while comments and comments[0].comment is None:
        comments = comments[1:]
    blank = len(leading) - len(comments)
    wanted = max(blank, lines) if lines else 0
    empty = cst.EmptyLine(indent=False)
    return statement.with_changes(leading_lines=[*([empty] * wanted), *comments])
