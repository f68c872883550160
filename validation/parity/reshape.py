"""What `[outputs]` does to a table before it is compared: columns renamed, rows left out, identifiers read.

A generated identifier (a UUID, a sequence) says nothing by itself: two runs never share one. Its table
declares the natural key that means the same row on both sides; the identifier's column, and every column
that refers to it, is compared through that key. A reference to no row keeps its own value, and so differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from validation.parity.catalog import described
from validation.parity.columns import Column
from validation.parity.report import Filtered, Identified, Renamed, TableReport
from validation.parity.session import first_line
from validation.sql import identifier, literal

if TYPE_CHECKING:
    from migrate.config_outputs import Filter, Identifier, Rename
    from validation.parity.catalog import Relation
    from validation.parity.session import Session
    from validation.parity.settings import Settings

Side = Mapping[str, "Relation"]


@dataclass(frozen=True)
class Shape:
    """What was done to one table."""

    renamed: tuple[Renamed, ...] = ()
    filtered: tuple[Filtered, ...] = ()
    identified: tuple[Identified, ...] = ()


def reshaped(
    session: Session, settings: Settings, left: Side, right: Side
) -> tuple[Side, Side, dict[str, Shape]]:
    """Both sides' tables as they are compared, and what was done to each."""
    outputs = settings.outputs
    if outputs is None or not (outputs.rename or outputs.filter or outputs.identifier):
        return left, right, {}
    one, two, shapes = dict(left), dict(right), dict[str, Shape]()
    for rename in outputs.rename:
        for name in [n for n in two if n in one and fnmatchcase(n, rename.table)]:
            _rename(settings, rename, name, one[name], two, shapes)
    for kept in outputs.filter:
        for name in [n for n in one if n in two and fnmatchcase(n, kept.table)]:
            _filter(session, settings, kept, name, (one, two), shapes)
    for rule in outputs.identifier:
        if rule.table in one and rule.table in two:
            _identify(session, settings, rule, (one, two), shapes)
    return one, two, shapes


def shaped(table: TableReport, shape: Shape | None) -> TableReport:
    """The report of a table with what was done to it."""
    if shape is None:
        return table
    return replace(table, renamed=shape.renamed, filtered=shape.filtered, identified=shape.identified)


def _rename(
    settings: Settings,
    rule: Rename,
    name: str,
    left: Relation,
    right: dict[str, Relation],
    shapes: dict[str, Shape],
) -> None:
    there = [c.name for c in right[name].columns]
    if rule.right not in there or rule.left in there or rule.left not in {c.name for c in left.columns}:
        return
    settings.used.add(f"rename {rule.table} {rule.left}")
    old = right[name]
    new = tuple(replace(c, name=rule.left) if c.name == rule.right else c for c in old.columns)
    chosen = ", ".join(f"{a.quoted} AS {b.quoted}" for a, b in zip(old.columns, new, strict=True))
    key = tuple(rule.left if k == rule.right else k for k in old.primary_key)
    right[name] = _derived(old, f"SELECT {chosen} FROM {old.source}", new, key)
    shape = shapes.get(name, Shape())
    shapes[name] = replace(shape, renamed=(*shape.renamed, Renamed(rule.left, rule.right, rule.reason)))


def _filter(
    session: Session,
    settings: Settings,
    rule: Filter,
    name: str,
    sides: tuple[dict[str, Relation], dict[str, Relation]],
    shapes: dict[str, Shape],
) -> None:
    settings.used.add(f"filter {rule.table}")
    left_out: list[int | None] = []
    for side in sides:
        old = side[name]
        new = described(
            session,
            _derived(old, f"SELECT * FROM {old.source} WHERE ({rule.where}\n)", old.columns, old.primary_key),
        )
        number, trouble = (None, old.trouble or new.trouble) if new.trouble else _left_out(session, rule, old)
        side[name] = replace(new, trouble=trouble)
        left_out.append(number)
    shape = shapes.get(name, Shape())
    found = Filtered(rule.where, rule.reason, left_out[0], left_out[1])
    shapes[name] = replace(shape, filtered=(*shape.filtered, found))


def _left_out(session: Session, rule: Filter, old: Relation) -> tuple[int | None, str]:
    """How many rows a filter leaves out, or why it is none: what closes its bracket could add rows."""
    import duckdb

    try:
        where = f"SELECT count(*) FROM {old.source} WHERE ({rule.where}\n) IS NOT TRUE"
        return int(session.row(where)[0]), ""
    except duckdb.Error as problem:
        return None, f"the filter is no condition: {first_line(problem)}"


def _identify(
    session: Session,
    settings: Settings,
    rule: Identifier,
    sides: tuple[dict[str, Relation], dict[str, Relation]],
    shapes: dict[str, Shape],
) -> None:
    columns = [{c.name: c for c in side[rule.table].columns} for side in sides]
    wanted = {rule.column, *rule.by}
    if any(
        wanted - here.keys() or side[rule.table].trouble for here, side in zip(columns, sides, strict=True)
    ):
        return
    settings.used.add(f"identifier {rule.table}.{rule.column}")
    held = [(rule.table, rule.column), *(_place(r) for r in rule.references)]
    held = [(name, column) for name, column in held if _alike(sides, name, column)]
    for number, side in enumerate(sides):
        table = _meanings(session, rule, side[rule.table], number)
        shared = session.rows(f"SELECT n, count(*) FROM {table} GROUP BY n HAVING count(*) > 1 LIMIT 1")
        for name, column in held:
            side[name] = _through(side[name], column, table)
            if shared:
                side[name] = replace(side[name], trouble=_shared(rule, shared[0]))
    for name, column in held:
        shape = shapes.get(name, Shape())
        through = Identified(column, rule.table, rule.by, rule.reason)
        shapes[name] = replace(shape, identified=(*shape.identified, through))


def _alike(sides: Sequence[Side], name: str, column: str) -> bool:
    """Whether both sides have the column, of one type: a difference of type must stay one."""
    types = [{c.name: c.type for c in side[name].columns}.get(column) for side in sides if name in side]
    return len(types) == len(sides) and None not in types and len(set(types)) == 1


def _meanings(session: Session, rule: Identifier, home: Relation, number: int) -> str:
    """Store each identifier with the natural keys it stands for."""
    return session.keep_on(
        f"identities_{number}_{rule.table}_{rule.column}",
        f"SELECT CAST({identifier(rule.column)} AS VARCHAR) AS i, "
        f"CAST(list_sort(list(DISTINCT {_meaning(rule, home)})) AS VARCHAR) AS n FROM {home.source} "
        f"WHERE {identifier(rule.column)} IS NOT NULL GROUP BY i",
    )


def _meaning(rule: Identifier, home: Relation) -> str:
    """The natural key as text that tells any two of them apart."""
    types = {c.name: c for c in home.columns}
    parts = ", ".join(f"{literal(name)}: {identifier(name)}" for name in rule.by)
    inner = ", ".join(types[name].type for name in rule.by)
    nested = Column("key", f"STRUCT({inner})", types[rule.by[0]].json_text)
    return nested.value("{" + parts + "}")


def _through(old: Relation, column: str, table: str) -> Relation:
    own = f"t.{identifier(column)}"
    value = f"CASE WHEN {own} IS NOT NULL THEN coalesce(m.n, 'no such row: ' || CAST({own} AS VARCHAR)) END"
    chosen = ", ".join(f"{value} AS {c.quoted}" if c.name == column else f"t.{c.quoted}" for c in old.columns)
    columns = tuple(replace(c, type="VARCHAR") if c.name == column else c for c in old.columns)
    query = f"SELECT {chosen} FROM {old.source} AS t LEFT JOIN {table} AS m ON m.i = CAST({own} AS VARCHAR)"
    return _derived(old, query, columns, old.primary_key)


def _shared(rule: Identifier, found: Sequence[object]) -> str:
    return (
        f"{', '.join(rule.by)} is no natural key of {rule.table}: "
        f"{found[1]} values of {rule.column} share {found[0]}"
    )


def _place(reference: str) -> tuple[str, str]:
    table, _, column = reference.rpartition(".")
    return table, column


def _derived(old: Relation, query: str, columns: tuple[Column, ...], key: tuple[str, ...]) -> Relation:
    return replace(old, source=f"({query})", columns=columns, primary_key=key, derived=True)
