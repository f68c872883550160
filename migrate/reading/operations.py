"""Working out operators, comparisons, conditions and subscripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.data_files import ProjectPath, at
from migrate.reading.operators import BINARY, COMPARE
from migrate.reading.scope import Scope, Stop
from migrate.reading.values import Called, Defined, Named, Unknown, undecided

if TYPE_CHECKING:
    from migrate.reading.evaluation import Evaluator


def binary(reader: Evaluator, node: cst.BinaryOperation, scope: Scope) -> Any:
    """`left + right` and its like; of Dagster's objects, the call it is."""
    left, right = reader.guarded(node.left, scope), reader.guarded(node.right, scope)
    sign = type(node.operator)
    if isinstance(left, ProjectPath) and isinstance(right, str) and sign is cst.Divide:
        return at(left.path / right)
    if isinstance(left, Called) or isinstance(right, Called):
        return Called(f".{sign.__name__}", (left, right))
    if sign not in BINARY or isinstance(left, Unknown) or isinstance(right, Unknown):
        raise Stop("an operand is unknown")
    return BINARY[sign](left, right)


def unary(reader: Evaluator, node: cst.UnaryOperation, scope: Scope) -> Any:
    """`not`, minus, and `~` of Dagster's objects."""
    value = reader.guarded(node.expression, scope)
    if isinstance(node.operator, cst.Minus) and isinstance(value, int | float):
        return -value
    if isinstance(node.operator, cst.Not) and not undecided(value):
        return not value
    return Called(f".{type(node.operator).__name__}", (value,))


def comparison(reader: Evaluator, node: cst.Comparison, scope: Scope) -> Any:
    """A chain of comparisons."""
    left, result = reader.guarded(node.left, scope), True
    for target in node.comparisons:
        right = reader.guarded(target.comparator, scope)
        if undecided(left) or undecided(right):
            raise Stop("a side of the comparison is unknown")
        result = result and bool(COMPARE[type(target.operator)](left, right))
        left = right
    return result


def conditional(reader: Evaluator, node: cst.IfExp, scope: Scope) -> Any:
    """`a if test else b`."""
    test = reader.guarded(node.test, scope)
    if undecided(test):
        raise Stop("the condition is unknown")
    return reader.guarded(node.body if test else node.orelse, scope)


def boolean(reader: Evaluator, node: cst.BooleanOperation, scope: Scope) -> Any:
    """`and` and `or`."""
    left = reader.guarded(node.left, scope)
    if undecided(left):
        raise Stop("an operand is unknown")
    stop = not left if isinstance(node.operator, cst.And) else bool(left)
    return left if stop else reader.guarded(node.right, scope)


def subscript(reader: Evaluator, node: cst.Subscript, scope: Scope) -> Any:
    """An item or a slice."""
    value = reader.guarded(node.value, scope)
    if isinstance(value, Unknown | Named | Defined) or len(node.slice) != 1:
        raise Stop("what is subscripted is unknown")
    part = node.slice[0].slice
    if isinstance(part, cst.Index):
        return value[reader.guarded(part.value, scope)]
    if isinstance(part, cst.Slice):
        ends = [reader.guarded(e, scope) if e else None for e in (part.lower, part.upper, part.step)]
        return value[slice(*ends)]
    raise Stop("a slice of another kind")
