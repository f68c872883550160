"""Aggregates that hang on the order of rows: `string_agg`, `list`, `first`, `last` without ORDER BY.

`any_value` is left alone: whoever writes it says that all values are the same. So is a sorted list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrate.assess.facts import Facts, Sql
from migrate.assess.finding import Evidence, Problem
from migrate.lineage.sql import line_of, parsed

NAMES = {"groupconcat": "string_agg", "arrayagg": "list", "first": "first", "last": "last"}
SPELLED = {
    "groupconcat": ("string_agg", "group_concat", "listagg"),
    "arrayagg": ("array_agg", "list", "collect_list"),
    "first": ("first",),
    "last": ("last",),
}
SORTS = ("SortArray", "ArraySort")


def _find(facts: Facts) -> Iterator[Evidence]:
    for sql in facts.sql():
        for kind in sorted({kind for text in sql.rendered for kind in _unordered(text, sql.dialect)}):
            yield Evidence(
                sql.file, sql.first - 1 + line_of(sql.text, _words(sql, kind)), f"{sql.name}: {NAMES[kind]}"
            )


def _words(sql: Sql, kind: str) -> list[str]:
    return [word for word in SPELLED[kind] if word in sql.text.lower()]


def _unordered(text: str, dialect: str) -> Iterator[str]:
    from sqlglot import exp

    for tree in parsed(text, dialect) or ():
        for node in tree.find_all(exp.GroupConcat, exp.ArrayAgg, exp.First, exp.Last):
            if not node.find(exp.Order) and not isinstance(node.parent, exp.Window) and not _settled(node):
                yield type(node).__name__.lower()


def _settled(node: Any) -> bool:
    """Whether a sort, or an ORDER BY of the aggregate itself, stands around it."""
    parent = node.parent
    while parent is not None and type(parent).__name__ not in ("Select", "Subquery"):
        name = str(getattr(parent, "name", "")).lower()
        if type(parent).__name__ in (*SORTS, "WithinGroup", "Count", "ArraySize") or "sort" in name:
            return True
        parent = parent.parent
    return False


PROBLEM = Problem(
    heading="years",
    weight="condition",
    title="Aggregates hang on the order in which rows arrive",
    means="With more than one thread the order changes from run to run: the two sides may differ without a"
    " defect.",
    lifts="Give the aggregate an ORDER BY that is unique within its group.",
    find=_find,
    hours=(0.25, 1),
)
