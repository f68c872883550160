"""The tables and views of a side: their names, columns and declared primary keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from validation.parity.columns import Column
from validation.parity.frames import register
from validation.parity.readers import query
from validation.parity.session import SIDES, first_line
from validation.sql import identifier

if TYPE_CHECKING:
    from validation.parity.frames import Frames
    from validation.parity.session import Row, Session
    from validation.parity.sources import DataFile


@dataclass(frozen=True)
class Relation:
    """One table of one side. `kind` is table, view, or the ending of its file.

    `trouble` says why it cannot be read, if it cannot. `home` is the database file of a view that
    only works under its own name (see `Catalog`).
    """

    name: str
    schema: str
    kind: str
    source: str
    columns: tuple[Column, ...] = ()
    primary_key: tuple[str, ...] = ()
    trouble: str = ""
    home: Path | None = None
    alias: str = ""
    size: int = 0
    """Rows, roughly; 0 where that is not known without reading them."""
    derived: bool = False
    """Whether a setting changed it on the way (see reshape.py)."""

    @property
    def places(self) -> bool:
        """Whether its rows have places that can be looked up again."""
        return (
            self.kind == "table"
            and not self.derived
            and not any(c.name.lower() == "rowid" for c in self.columns)
        )


FEW = 20
"""Tables up to which each is asked for its columns."""
Place = tuple[str, str, str]
"""A relation's database, schema and name."""


def relations(
    session: Session, sides: Sequence[Sequence[DataFile]], prefixed: bool
) -> list[dict[str, Relation]]:
    """Attach both sides' files and list what each holds, by name.

    A name carries its schema unless that is `main`, and its database's path where a folder holds
    several databases (`prefixed`). Columns of views and files are what DuckDB makes of them now.
    """
    named = [
        [(f"parity_{side}_{number}", file) for number, file in enumerate(files)]
        for side, files in zip(SIDES, sides, strict=True)
    ]
    for catalog, file in (pair for files in named for pair in files):
        if file.database:
            session.attach(file.paths[0], catalog)
    tables = session.rows(
        "SELECT database_name, schema_name, table_name, estimated_size FROM duckdb_tables() "
        "WHERE database_name LIKE 'parity@_%' ESCAPE '@' AND NOT internal"
    )
    columns, keys = (_columns(session), _keys(session)) if len(tables) > FEW else _one_by_one(session, tables)
    found: list[dict[str, Relation]] = []
    for files in named:
        here: list[Relation] = []
        for catalog, file in files:
            if file.database:
                prefix = f"{file.name}/" if prefixed else ""
                own = [t for t in tables if t[0] == catalog]
                held = _tables(own, prefix, columns, keys)
                here += [replace(t, derived=file.foreign) for t in held]
                here += _views(session, catalog, prefix, file.paths[0])
            else:
                here.append(_file(session, file))
        found.append({r.name: r for r in here})
    return found


def frame_relations(session: Session, side: str, frames: Frames) -> dict[str, Relation]:
    """What one side holds where it is frames in memory.

    Raises:
        EvidenceError: one is no frame.
    """
    named = register(session, side, frames)
    return {n: described(session, Relation(n, "main", "frame", identifier(own))) for n, own in named.items()}


def _columns(session: Session) -> Mapping[Place, list[Column]]:
    columns: Mapping[Place, list[Column]] = defaultdict(list)
    for *place, name, kind, nullable in session.rows(
        "SELECT database_name, schema_name, table_name, column_name, data_type, is_nullable "
        "FROM duckdb_columns() "
        "WHERE database_name LIKE 'parity@_%' ESCAPE '@' AND NOT internal "
        "ORDER BY database_name, schema_name, table_name, column_index"
    ):
        columns[place[0], place[1], place[2]].append(Column(name, kind, session.json_text, nullable))
    return columns


def _keys(session: Session) -> Mapping[Place, tuple[str, ...]]:
    return {
        (database, schema, table): tuple(names)
        for database, schema, table, names in session.rows(
            "SELECT database_name, schema_name, table_name, constraint_column_names "
            "FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        )
    }


def _one_by_one(
    session: Session, tables: Sequence[Row]
) -> tuple[Mapping[Place, list[Column]], Mapping[Place, tuple[str, ...]]]:
    """Columns and keys of a few tables: the other way, DuckDB parses all views of its own first."""
    columns, keys = {}, {}
    for *names, _ in tables:
        place = (names[0], names[1], names[2])
        rows = session.rows(f"DESCRIBE {identifier(*place)}")
        columns[place] = [Column(str(r[0]), str(r[1]), session.json_text, r[2] == "YES") for r in rows]
        keys[place] = tuple(str(r[0]) for r in rows if r[3] == "PRI")
    return columns, keys


def _tables(
    tables: Sequence[Row],
    prefix: str,
    columns: Mapping[Place, list[Column]],
    keys: Mapping[Place, tuple[str, ...]],
) -> list[Relation]:
    found = []
    for catalog, schema, table, size in tables:
        place = (catalog, schema, table)
        shell = Relation(prefix + table_name(schema, table), schema, "table", identifier(*place))
        own = tuple(columns[place])
        found.append(replace(shell, columns=own, primary_key=keys.get(place, ()), size=size))
    return found


def _views(session: Session, catalog: str, prefix: str, file: Path) -> list[Relation]:
    found = []
    for schema, view in session.rows(
        "SELECT schema_name, view_name FROM duckdb_views() "
        f"WHERE database_name = '{catalog}' AND NOT internal"
    ):
        source = identifier(catalog, schema, view)
        shell = Relation(prefix + table_name(schema, view), schema, "view", source, alias=catalog)
        found.append(_view(session, shell, view, file))
    return found


def _file(session: Session, file: DataFile) -> Relation:
    import duckdb

    shell = Relation(file.name or "table", "main", file.suffix.lstrip("."), "")
    try:
        return described(session, replace(shell, source=f"({query(session, file)})"))
    except (duckdb.Error, EvidenceError) as problem:
        return replace(shell, trouble=first_line(problem))


def _view(session: Session, view: Relation, name: str, file: Path) -> Relation:
    """A view with its columns.

    Files of DuckDB before 1.4 keep in a view the name that the database had when it was made (its
    file's stem; dbt writes it into every view). Such a view only works while the file is attached
    under that name, so it is read that way, and copied before it is compared.
    """
    found = described(session, view)
    if not found.trouble:
        return found
    home = replace(view, source=identifier(file.stem, view.schema, name), home=file)
    try:
        with at_home(session, home):
            other = described(session, home)
    except EvidenceError:
        return found
    return found if other.trouble else other


@contextmanager
def at_home(session: Session, relation: Relation) -> Iterator[None]:
    """While a view of an old file is read, its file is attached under the view's own name for it.

    Raises:
        EvidenceError: it cannot be attached under that name.
    """
    if relation.home is None:
        yield
        return
    own = relation.home.stem
    session.run(f"DETACH {identifier(relation.alias)}")
    try:
        session.attach(relation.home, own)
        try:
            yield
        finally:
            session.run(f"DETACH {identifier(own)}")
    finally:
        session.attach(relation.home, relation.alias)


def described(session: Session, relation: Relation) -> Relation:
    """The relation with the columns that DuckDB says it has, or with what is wrong with it."""
    import duckdb

    try:
        rows = session.rows(f"DESCRIBE SELECT * FROM {relation.source}")
    except duckdb.Error as problem:
        return replace(relation, trouble=first_line(problem))
    return replace(relation, columns=tuple(Column(str(r[0]), str(r[1]), session.json_text) for r in rows))


def table_name(schema: str, table: str) -> str:
    """The name without its schema where that is `main`; a part with a dot is quoted to stay unambiguous."""
    parts = [
        identifier(p) if "." in p or '"' in p else p
        for p in ((schema, table) if schema != "main" else (table,))
    ]
    return ".".join(parts)
