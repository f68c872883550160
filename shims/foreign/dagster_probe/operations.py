"""Ops: those behind a definition, their pools, the place of their functions."""

from __future__ import annotations

from typing import Any


def op_defs(assets_def: Any) -> list[Any]:
    """The ops that compute an assets definition; none for an external asset."""
    try:
        return list(assets_def.node_def.iterate_op_defs())
    except Exception:  # an assets definition without a computation raises, in ways that vary
        return []


def pools(op: Any) -> list[str]:
    """The pool an op runs in; before 1.9 the key of a tag."""
    named = [getattr(op, "pool", None), (op.tags or {}).get("dagster/concurrency_key")]
    return sorted({name for name in named if name})


def place_of(op: Any) -> tuple[str, int] | None:
    """(file, line) of the function behind an op, asset, check, schedule or sensor."""
    for name in ("compute_fn", "_evaluation_fn", "_raw_sensor_fn", "_execution_fn"):
        op = getattr(op, name, None) or op
    function = getattr(op, "decorated_fn", op)
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code else None
