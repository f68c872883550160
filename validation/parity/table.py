"""One table: from its two relations to its verdict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from validation.parity.catalog import Relation, at_home
from validation.parity.fingerprint import Plan
from validation.parity.report import SchemaChange, TableReport
from validation.parity.session import SIDES

if TYPE_CHECKING:
    from validation.parity.columns import Column
    from validation.parity.session import Session
    from validation.parity.settings import Rules


@dataclass(frozen=True)
class Table:
    """A table that both sides have, and its rules; `limit` is how many samples of a kind to keep."""

    name: str
    left: Relation
    right: Relation
    rules: Rules
    limit: int
    export: Path | None
    export_format: str = "parquet"

    @property
    def sides(self) -> tuple[Relation, Relation]:
        """Left and right."""
        return self.left, self.right

    @property
    def shell(self) -> TableReport:
        """Everything that is known before a row is read."""
        return TableReport(
            self.name,
            "error",
            kind_left=self.left.kind,
            kind_right=self.right.kind,
            key=self.rules.key,
            key_source=self.rules.key_source,
            year_column=self.rules.year_column,
            ignored=self.rules.ignored,
            tolerated=self.rules.tolerated,
            notes=self.rules.notes,
        )

    @property
    def columns(self) -> tuple[Column, ...]:
        """The compared columns, in the left side's order."""
        ignored = {i.column for i in self.rules.ignored}
        return tuple(c for c in self.left.columns if c.name not in ignored)

    def plan(self) -> Plan:
        """How its rows are fingerprinted."""
        names = [c.name for c in self.columns]
        year = self.rules.year_column
        loose = tuple(i for i, name in enumerate(names) if self.rules.tolerance(name))
        return Plan(self.columns, names.index(year) if year else None, loose)

    def key(self) -> tuple[int, ...]:
        """The places of the key's columns among those compared."""
        names = [c.name for c in self.columns]
        return tuple(names.index(k) for k in self.rules.key)


def schema_changes(table: Table) -> tuple[SchemaChange, ...]:
    """The columns, not ignored, whose types differ or that one side lacks; names are case-sensitive."""
    left, right = ({c.name: c.type for c in r.columns} for r in table.sides)
    ignored = {i.column for i in table.rules.ignored}
    return tuple(
        SchemaChange(name, left.get(name), right.get(name))
        for name in dict.fromkeys((*left, *right))
        if name not in ignored and left.get(name) != right.get(name)
    )


def definition_changes(table: Table) -> tuple[SchemaChange, ...]:
    """Where the definitions differ though the types agree: what may be NULL, and the order of columns.

    Reported always, a difference only where `strict_schema` says so.
    """
    left, right = ({c.name: c for c in r.columns} for r in table.sides)
    shared = [name for name in left if name in right]
    found = [
        SchemaChange(f"{name} may be NULL", _may(left[name]), _may(right[name]))
        for name in shared
        if None not in (left[name].nullable, right[name].nullable)
        and left[name].nullable != right[name].nullable
    ]
    orders = [", ".join(name for name in side if name in shared) for side in (left, right)]
    if orders[0] != orders[1]:
        found.append(SchemaChange("order of the columns", orders[0], orders[1]))
    return tuple(found)


def _may(column: Column) -> str:
    return "yes" if column.nullable else "no"


def count_rows(session: Session, relation: Relation) -> int:
    """The number of rows of a relation."""
    with at_home(session, relation):
        return int(session.row(f"SELECT count(*) FROM {relation.source}")[0])


def at_hand(session: Session, table: Table) -> Table:
    """The table with views that only work at home copied away from there."""
    sides = []
    for side, relation in zip(SIDES, table.sides, strict=True):
        if relation.home is None:
            sides.append(relation)
            continue
        with at_home(session, relation):
            source = session.keep(f"{side}_home", f"SELECT * FROM {relation.source}")
        sides.append(replace(relation, source=source, home=None))
    return replace(table, left=sides[0], right=sides[1])
