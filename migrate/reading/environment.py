"""Values that depend on the environment: texts that only running the code tells, but texts for certain."""

from __future__ import annotations

from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.values import Called

ASKED = ("os.getenv", "getenv", "os.environ.get", "environ.get")


def is_text(node: cst.BaseExpression | None) -> bool:
    """Whether an expression is a text whatever the environment says, as a variable with a default is."""
    if isinstance(node, cst.SimpleString | cst.FormattedString | cst.ConcatenatedString):
        return True
    if isinstance(node, cst.Call):
        return dotted(node.func) in ASKED and len(node.args) == 2 and is_text(node.args[1].value)
    if isinstance(node, cst.Subscript):
        return dotted(node.value) in ("os.environ", "environ")
    if isinstance(node, cst.BooleanOperation) and isinstance(node.operator, cst.Or):
        return is_text(node.right)
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
        return is_text(node.left) or is_text(node.right)
    return isinstance(node, cst.IfExp) and is_text(node.body) and is_text(node.orelse)


def variable_of(value: Any) -> str | None:
    """The variable of the environment that a value is, one without a default; None for anything else."""
    asked = isinstance(value, Called) and value.name in ASKED and len(value.args) == 1 and not value.kwargs
    return value.args[0] if asked and isinstance(value.args[0], str) else None


def usual(value: Any) -> Any:
    """A value itself; of a variable of the environment with a default, the default."""
    asked = isinstance(value, Called) and value.name in ASKED and len(value.args) == 2
    return value.args[1] if asked and isinstance(value.args[1], str) else value
