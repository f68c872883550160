"""Which columns differ in rows that have no key.

Rows left over on both sides are explained by the fewest columns found such that the rest of the row
has a partner on the other side for every row of the smaller side. A column whose own values have no
counterpart must be among them. If those do not suffice (values swapped between rows), columns are
added from the last to the first, identifiers usually standing first, and taken back where they
turn out to be needless. Rows left over on one side only are explained by no column.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validation.parity.fingerprint import Plan
    from validation.parity.session import Session

FEW = 100_000
"""Left-over rows up to which columns are tried one by one; beyond, only their own values are compared."""


def by_other_columns(session: Session, plan: Plan, rows: tuple[int, int]) -> tuple[int, ...]:
    """Store, as `pairs`, the left-over rows that agree in all columns but those that explain them.

    Gives those other columns, the ones that agree.
    """
    if not all(rows):
        session.keep("pairs", "SELECT 0::BIGINT AS l, 0::BIGINT AS r WHERE false")
        return ()
    _keep_values(session, plan)
    differing = _by_sums(session, plan) if sum(rows) > FEW else _fewest(session, plan, rows)
    same = tuple(i for i in range(len(plan.columns)) if i not in differing)
    order = ", ".join(f"c{i}" for i in sorted(differing)) or "y"
    left, right = (
        f"(SELECT i, g, row_number() OVER (PARTITION BY g ORDER BY {order}) AS k "
        f"FROM (SELECT v.i, hash({_columns(same, 'v.h')}) AS g, r.* "
        f"FROM {side}_rows AS r JOIN {side}_values AS v ON v.i = r.rowid))"
        for side in ("left", "right")
    )
    session.keep("pairs", f"SELECT l.i AS l, r.i AS r FROM {left} AS l JOIN {right} AS r USING (g, k)")
    return same


def _keep_values(session: Session, plan: Plan) -> None:
    """The hash of each value, which tells -0.0 from 0.0 where GROUP BY would not."""
    for side in ("left", "right"):
        wanted = []
        for i, column in enumerate(plan.columns):
            sign = f", (c{i} = 0 AND signbit(c{i}))" if column.floating else ""
            wanted.append(f"hash(c{i}{sign}) AS h{i}")
        session.keep(f"{side}_values", f"SELECT rowid AS i, {', '.join(wanted)} FROM {side}_rows")


def _fewest(session: Session, plan: Plan, rows: tuple[int, int]) -> set[int]:
    everything = range(len(plan.columns))
    # As many rows on both sides: a column's own values pair if and only if their sums agree.
    alone = _by_sums if rows[0] == rows[1] else _one_by_one
    certain = alone(session, plan)
    added: list[int] = []
    rest = [i for i in everything if i not in certain]
    while rest and not _paired(session, rest):
        added.append(rest.pop())
    for column in added[:-1]:
        if _paired(session, [*rest, column]):
            rest.append(column)
    return set(everything) - set(rest)


def _one_by_one(session: Session, plan: Plan) -> set[int]:
    return set(plan.loose) | {i for i in range(len(plan.columns)) if not _paired(session, [i])}


def _paired(session: Session, columns: Iterable[int]) -> bool:
    """Whether, looking at these columns only, every row of the smaller side has a partner."""
    names = _columns(columns, "h")
    more, fewer = session.row(
        "SELECT coalesce(sum(n) FILTER (n > 0), 0), coalesce(sum(n) FILTER (n < 0), 0) FROM ("
        f"SELECT sum(s) AS n FROM (SELECT {names}, 1 AS s FROM left_values UNION ALL "
        f"SELECT {names}, -1 FROM right_values) GROUP BY {names})"
    )
    return not more or not fewer


def _by_sums(session: Session, plan: Plan) -> set[int]:
    sums = ", ".join(f"sum(hash(h{i}))" for i in range(len(plan.columns)))
    left, right = (session.row(f"SELECT {sums} FROM {side}_values") for side in ("left", "right"))
    return set(plan.loose) | {i for i, (one, two) in enumerate(zip(left, right, strict=True)) if one != two}


def _columns(columns: Iterable[int], prefix: str) -> str:
    return ", ".join(f"{prefix}{i}" for i in columns) or "0"
