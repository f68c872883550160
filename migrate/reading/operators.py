"""The operators, built-in functions and methods that reading can work out."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import libcst as cst

BUILTINS: dict[str, Callable[..., Any]] = {
    "range": range,
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "len": len,
    "list": list,
    "tuple": tuple,
    "dict": dict,
    "set": set,
    "frozenset": frozenset,
    "sorted": sorted,
    "reversed": lambda items: list(reversed(items)),
    "enumerate": lambda items, start=0: list(enumerate(items, start)),
    "zip": lambda *items, strict=False: list(zip(*items, strict=False)),
    "min": min,
    "max": max,
    "sum": sum,
    "any": any,
    "all": all,
    "isinstance": isinstance,
}
METHODS = frozenset(
    {
        *("format", "join", "upper", "lower", "title", "capitalize", "replace", "split", "strip", "lstrip"),
        *("rstrip", "startswith", "endswith", "zfill", "removeprefix", "removesuffix"),
        *("items", "keys", "values", "get", "copy"),
    }
)
BINARY: dict[type[cst.BaseBinaryOp], Callable[[Any, Any], Any]] = {
    cst.Add: operator.add,
    cst.Subtract: operator.sub,
    cst.Multiply: operator.mul,
    cst.FloorDivide: operator.floordiv,
    cst.Divide: operator.truediv,
    cst.Modulo: operator.mod,
    cst.BitOr: operator.or_,
    cst.BitAnd: operator.and_,
}
COMPARE: dict[type[cst.BaseCompOp], Callable[[Any, Any], Any]] = {
    cst.Equal: operator.eq,
    cst.NotEqual: operator.ne,
    cst.LessThan: operator.lt,
    cst.LessThanEqual: operator.le,
    cst.GreaterThan: operator.gt,
    cst.GreaterThanEqual: operator.ge,
    cst.Is: operator.is_,
    cst.IsNot: operator.is_not,
    cst.In: lambda left, right: left in right,
    cst.NotIn: lambda left, right: left not in right,
}
