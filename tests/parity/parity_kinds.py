"""What a kind of difference, or of none, is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What each side holds; `expect` are facts of the report on table `t`."""

    name: str
    left: str
    right: str
    expect: Facts


def value(name: str, kind: str, left: str, right: str, equal: bool = False) -> Case:
    """One cell that differs (or not): a key of its own, two neighbours that never differ."""
    made = "CREATE TABLE t (id INTEGER PRIMARY KEY, year INTEGER, v {k}); INSERT INTO t VALUES "
    made += "(1, 2025, NULL), (2, 2026, {v}), (3, 2026, NULL)"
    expect: Facts = {"verdict": "equal", "columns": [], "years": [], "changed": 0}
    if not equal:
        expect = {"verdict": "different", "columns": ["v"], "years": [2026], "changed": 1}
        expect |= {"only_left": 0, "only_right": 0}
    return Case(name, made.format(k=kind, v=left), made.format(k=kind, v=right), expect)


def rows(name: str, left: str, right: str, key: str = "", **expect: Any) -> Case:
    """Rows of (id, year, v), with a declared key or without."""
    made = (
        f"CREATE TABLE t (id INTEGER, year INTEGER, v VARCHAR{', PRIMARY KEY (' + key + ')' if key else ''});"
    )
    full = [made + (f"INSERT INTO t VALUES {side}" if side else "") for side in (left, right)]
    return Case(name, full[0], full[1], {"verdict": "different", **expect})


def made(name: str, left: str, right: str, verdict: str, **expect: Any) -> Case:
    return Case(name, left, right, {"verdict": verdict, **expect})
