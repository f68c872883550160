"""The rows of one table: fingerprints first, and a closer look at the years whose fingerprints differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from validation.parity import buckets, fingerprint
from validation.parity.fingerprint import copied, frame, hashes, prints
from validation.parity.look import Look
from validation.parity.narrow import Narrow
from validation.parity.report import TableReport
from validation.parity.session import SIDES
from validation.parity.table import at_hand, count_rows, definition_changes, schema_changes
from validation.parity.verdict import Outcome, conclude

if TYPE_CHECKING:
    from validation.parity.fingerprint import Frame, Plan, Prints, RawYear
    from validation.parity.report import SchemaChange
    from validation.parity.session import Session
    from validation.parity.table import Table


def compare_table(session: Session, table: Table) -> TableReport:
    """Compare one table; whatever was stored on the way is freed.

    Raises:
        duckdb.Error: a query failed (a view that cannot be read, no memory, no disk).
    """
    trouble = [f"{side}: {r.trouble}" for side, r in zip(SIDES, table.sides, strict=True) if r.trouble]
    if trouble:
        return replace(table.shell, reason="cannot be read, " + "; ".join(trouble))
    changes, defined = schema_changes(table), definition_changes(table)
    strict = {"order" if c.column.startswith("order") else "nullability" for c in defined}
    if strict & table.rules.strict_schema:
        changes = (*changes, *defined)
    if changes:
        return _schema(session, table, changes)
    if not table.columns:
        return replace(table.shell, reason="every column is ignored: nothing was compared")
    try:
        return replace(_compare(session, at_hand(session, table)), definitions=defined)
    finally:
        session.free()


def _schema(session: Session, table: Table, changes: tuple[SchemaChange, ...]) -> TableReport:
    left, right = (count_rows(session, r) for r in table.sides)
    return replace(
        table.shell,
        verdict="schema",
        reason="; ".join(f"{c.column}: {c.left or 'absent'} | {c.right or 'absent'}" for c in changes),
        columns=tuple(c.column for c in changes),
        schema_changes=changes,
        rows_left=left,
        rows_right=right,
    )


def _compare(session: Session, table: Table) -> TableReport:
    plan = table.plan()
    frames = [frame(r.source, plan.columns) for r in table.sides]
    if max(r.size for r in table.sides) >= buckets.LARGE:
        return _compare_large(session, table, plan, frames)
    one, two = prints(session, plan, *(hashes(plan, f) for f in frames))
    years = tuple(y for y in {**one, **two} if one.get(y) != two.get(y))
    outcome = Outcome(table.shell, table.rules, one, two, years)
    if not years:
        return conclude(outcome)
    frames = _at_places(session, table, plan, frames, years)
    return _differing(Look(session, table, plan, frames, one, two, years), outcome)


def _differing(look: Look, outcome: Outcome) -> TableReport:
    shell = look.table.shell
    near = look.near() if look.plan.loose else ()
    if near:
        return conclude(replace(outcome, shell=replace(shell, tolerated=near)))
    allowed = look.find_loose() if look.plan.loose else look.find()
    return look.describe(replace(outcome, shell=replace(shell, tolerated=allowed)), allowed, look.fetch())


def _compare_large(session: Session, table: Table, plan: Plan, frames: list[Frame]) -> TableReport:
    """All years at once: rows are counted by year, but only hashed by it where that is not dear."""
    stored = all(r.places for r in table.sides)
    whole = fingerprint.whole(session, plan, frames, table.key(), stored=stored)
    one = fingerprint.counted(session, plan, frames[0])
    if whole[0] == whole[1]:
        return conclude(Outcome(table.shell, table.rules, one, one))
    # the year is among the strict columns: where those agree, so do the rows of each year
    same = (whole[0].rows, whole[0].strict) == (whole[1].rows, whole[1].strict)
    two = one if same else fingerprint.counted(session, plan, frames[1])
    outcome = Outcome(table.shell, table.rules, one, two, tuple({**one, **two}))
    sides: tuple[Prints, Prints] = ({None: whole[0]}, {None: whole[1]})
    if plan.loose:
        frames = _at_places(session, table, plan, frames, None)
        return _differing(Look(session, table, plan, frames, *sides, (None,)), outcome)
    rows = Narrow(session, plan, frames, table.key(), whole, [r.places for r in table.sides]).keep_rows()
    return Look(session, table, plan, frames, *sides, (None,)).describe(outcome, (), rows)


def _at_places(
    session: Session, table: Table, plan: Plan, frames: Sequence[Frame], years: Sequence[RawYear] | None
) -> list[Frame]:
    """Rows without places to look them up again are copied."""
    return [
        f if r.places else copied(session, f"{side}_copy", f, plan, years)
        for side, r, f in zip(SIDES, table.sides, frames, strict=True)
    ]
