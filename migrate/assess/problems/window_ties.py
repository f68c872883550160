"""Ties in window functions: `row_number`, `ntile`, `lag`, `lead`, `first_value` … over an order that may tie.

An order counts as unique when it names a column that a `unique` test covers, or one that is an identifier by
its name (`…_id`, `…_key`, `uuid`) and that the window is not already partitioned by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrate.assess.facts import Facts, Sql
from migrate.assess.finding import Evidence, Problem
from migrate.lineage.sql import parsed

IDENTIFIER = re.compile(r"(^|_)(id|key|uuid|guid|sk|pk|ssn|number|code|hash|rowid)$", re.IGNORECASE)
FUNCTIONS = ("RowNumber", "Ntile", "NTile", "Lag", "Lead", "FirstValue", "LastValue", "NthValue")


def _find(facts: Facts) -> Iterator[Evidence]:
    unique = {
        test.column.lower()
        for project in facts.subject.dbt_projects
        for node in project.nodes.values()
        for test in node.tests
        if test.kind == "unique" and test.column
    }
    for sql in facts.sql():
        found = dict.fromkeys(s for text in sql.rendered for s in _ties(text, sql.dialect, unique))
        for number, said in enumerate(found):
            yield Evidence(sql.file, _line(sql, said, number), f"{sql.name}: {said}")


def _line(sql: Sql, said: str, number: int) -> int:
    """The line of the window function; of several that read alike, in their order."""
    places = [
        m.start()
        for m in re.finditer(rf"\b{said.split('(', maxsplit=1)[0].strip()}\s*\(", sql.text, re.IGNORECASE)
    ]
    return sql.line(places[min(number, len(places) - 1)]) if places else sql.first


def _ties(text: str, dialect: str, unique: set[str]) -> Iterator[str]:
    from sqlglot import exp

    for tree in parsed(text, dialect) or ():
        for window in tree.find_all(exp.Window):
            inner = (
                window.this.this
                if isinstance(window.this, exp.IgnoreNulls | exp.RespectNulls)
                else window.this
            )
            if type(inner).__name__ in FUNCTIONS and not _settled(window, unique):
                order = _named(window).args.get("order")
                by = ", ".join(o.sql(dialect) for o in order.expressions) if order else "nothing"
                yield f"{inner.sql_name().lower()}() ordered by {by[:80]}"


def _named(window: Any) -> Any:
    """The window itself, or the one of the WINDOW clause that it names."""
    name = str(window.args.get("alias") or "")
    select = window.parent_select
    for known in (select.args.get("windows") or ()) if name and select is not None else ():
        if str(known.this) == name:
            return known
    return window


def _settled(window: Any, unique: set[str]) -> bool:
    from sqlglot import exp

    window = _named(window)
    order = window.args.get("order")
    if order is None:
        return False
    apart = {c.name.lower() for p in window.args.get("partition_by") or () for c in p.find_all(exp.Column)}
    names = {c.name.lower() for c in order.find_all(exp.Column)} - apart
    return any(name in unique or IDENTIFIER.search(name) for name in names)


PROBLEM = Problem(
    heading="years",
    weight="condition",
    title="Window functions may tie",
    means="Rows that tie get their number by chance: with more than one thread two runs may differ.",
    lifts="End the ORDER BY with a column that is unique, or add a `unique` test that shows it already is.",
    find=_find,
    hours=(0.25, 1),
)
