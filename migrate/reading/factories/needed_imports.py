"""The import statements of what a written-out function used of its own module."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

Statements = list[cst.BaseStatement]


def import_of(target: str, alias: str) -> str:
    """The statement that binds a dotted target to a name."""
    head, _, last = target.rpartition(".")
    renamed = "" if last == alias else f" as {alias}"
    return f"from {head} import {last}{renamed}" if head else f"import {target}{renamed}"


def with_imports(body: Sequence[cst.BaseStatement | cst.SimpleStatementLine], lines: list[str]) -> Statements:
    """The body with more imports behind its last one."""
    last = -1
    for place, statement in enumerate(body):
        if isinstance(statement, cst.SimpleStatementLine) and isinstance(
            statement.body[0], cst.Import | cst.ImportFrom
        ):
            last = place
    more = [cst.parse_statement(line) for line in lines]
    known = [s for s in more if isinstance(s, cst.SimpleStatementLine)]
    return [*body[: last + 1], *known, *body[last + 1 :]]
