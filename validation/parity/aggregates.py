"""Aggregates that migration.toml asks for, by year and by group, computed on both sides by the same query.

They say in a few numbers what a table amounts to, also where a column is ignored or tolerated and rows are
therefore not compared to the last digit. Sums of floating numbers depend on the order of the rows: give
such a measure a tolerance.
"""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from validation.parity.catalog import at_home
from validation.parity.report import Aggregate, GroupPair
from validation.sql import all_of, identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrate.config_outputs import AggregateRule
    from validation.parity.catalog import Relation
    from validation.parity.report import TableReport
    from validation.parity.session import Session
    from validation.parity.settings import Settings
    from validation.parity.table import Table

SHOWN = 20
"""Groups that are kept of each measure, those that differ first."""


def aggregated(session: Session, settings: Settings, table: Table, report: TableReport) -> TableReport:
    """The report of a table whose rows were compared with what is asked of it; unequal ones are a difference.

    Raises:
        duckdb.Error: a column or measure is none that the table has.
    """
    rules = (
        [r for r in settings.outputs.aggregate if fnmatchcase(table.name, r.table)]
        if settings.outputs
        else []
    )
    for rule in rules:
        settings.used.add(f"aggregate {rule.table}")
    if not rules or report.verdict not in ("equal", "different"):
        return report
    found = tuple(a for rule in rules for a in _measured(session, rule, table.left, table.right))
    session.free()
    apart = [f"{a.measure} differs in {a.differing} of {a.groups} groups" for a in found if a.differing]
    if apart and report.verdict == "equal":
        report = replace(report, verdict="different", reason="; ".join(apart))
    return replace(report, aggregates=found)


def _measured(session: Session, rule: AggregateRule, left: Relation, right: Relation) -> Iterator[Aggregate]:
    for number, relation in enumerate((left, right)):
        groups = [f"{identifier(g)} AS g{i}" for i, g in enumerate(rule.by)]
        values = [f"{m} AS v{i}" for i, m in enumerate(rule.measures)]
        grouped = f" GROUP BY {', '.join(f'g{i}' for i in range(len(groups)))}" if groups else ""
        with at_home(session, relation):
            session.keep(
                f"aggregate_{number}",
                f"SELECT {', '.join([*groups, *values])} FROM {relation.source}{grouped}",
            )
    same = all_of(f"l.g{i} IS NOT DISTINCT FROM r.g{i}" for i in range(len(rule.by)))
    both = f"aggregate_0 AS l FULL OUTER JOIN aggregate_1 AS r ON {same}"
    (number_of_groups,) = session.row(f"SELECT count(*) FROM {both}")
    for i, measure in enumerate(rule.measures):
        yield _aggregate(session, rule, measure, both, i, int(number_of_groups))


def _aggregate(
    session: Session, rule: AggregateRule, measure: str, both: str, i: int, groups: int
) -> Aggregate:
    one, two = f"l.v{i}", f"r.v{i}"
    gap = f"abs(TRY_CAST({one} AS DOUBLE) - TRY_CAST({two} AS DOUBLE))"
    size = f"greatest(abs(TRY_CAST({one} AS DOUBLE)), abs(TRY_CAST({two} AS DOUBLE)))"
    near = f"coalesce({gap} <= greatest({rule.absolute!r}, {rule.relative!r} * {size}), false)"
    allowed = f" AND NOT {near}" if rule.absolute or rule.relative else ""
    # a group on one side only differs, whatever its value
    alone = "l.rowid IS NULL OR r.rowid IS NULL"
    apart = f"({alone} OR ({one} IS DISTINCT FROM {two}{allowed}))"
    (differing,) = session.row(f"SELECT count(*) FROM {both} WHERE {apart}")
    labels = [f"CAST(coalesce(l.g{n}, r.g{n}) AS VARCHAR)" for n in range(len(rule.by))]
    texts = [f"CAST({one} AS VARCHAR)", f"CAST({two} AS VARCHAR)"]
    order = ", ".join([f"{apart} DESC", *labels])
    rows = session.rows(
        f"SELECT {apart}, {', '.join([*texts, *labels])} FROM {both} ORDER BY {order} LIMIT {SHOWN}"
    )
    pairs = tuple(_pair(rule.by, row) for row in rows)
    return Aggregate(
        measure, rule.by, rule.reason, groups, int(differing), pairs, rule.absolute, rule.relative
    )


def _pair(by: Sequence[str], row: Sequence[Any]) -> GroupPair:
    apart, left, right, *labels = row
    return GroupPair(dict(zip(by, labels, strict=True)), left, right, not apart)
