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
from validation.parity.session import first_line
from validation.sql import identifier

if TYPE_CHECKING:
    from validation.parity.session import Session
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

    @property
    def places(self) -> bool:
        """Whether its rows have places that can be looked up again."""
        return self.kind == "table" and not any(c.name.lower() == "rowid" for c in self.columns)


def relations(session: Session, files: Sequence[DataFile], alias: str, prefixed: bool) -> dict[str, Relation]:
    """Attach a side's files and list what they hold, by name.

    A name carries its schema unless that is `main`, and its database's path where a folder holds
    several databases (`prefixed`). Columns of views and files are what DuckDB makes of them now.
    """
    found: list[Relation] = []
    for number, file in enumerate(files):
        if file.database:
            catalog = f"{alias}_{number}"
            session.attach(file.paths[0], catalog)
            found += _database(session, catalog, file, f"{file.name}/" if prefixed else "")
        else:
            kind = file.suffix.lstrip(".")
            shell = Relation(file.name or "table", "main", kind, f"(SELECT * FROM {file.reader()})")
            found.append(_described(session, shell))
    return {r.name: r for r in found}


def _database(session: Session, catalog: str, file: DataFile, prefix: str) -> list[Relation]:
    columns: Mapping[tuple[str, str], list[Column]] = defaultdict(list)
    for schema, table, name, kind in session.rows(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        f"WHERE database_name = '{catalog}' AND NOT internal ORDER BY schema_name, table_name, column_index"
    ):
        columns[schema, table].append(Column(name, kind, session.json_text))
    keys = {
        (schema, table): tuple(names)
        for schema, table, names in session.rows(
            "SELECT schema_name, table_name, constraint_column_names FROM duckdb_constraints() "
            f"WHERE database_name = '{catalog}' AND constraint_type = 'PRIMARY KEY'"
        )
    }
    found = []
    for schema, table, size in session.rows(
        "SELECT schema_name, table_name, estimated_size FROM duckdb_tables() "
        f"WHERE database_name = '{catalog}' AND NOT internal"
    ):
        place = (schema, table)
        shell = Relation(prefix + _name(schema, table), schema, "table", identifier(catalog, schema, table))
        own = tuple(columns[place])
        found.append(replace(shell, columns=own, primary_key=keys.get(place, ()), size=size))
    for schema, view in session.rows(
        "SELECT schema_name, view_name FROM duckdb_views() "
        f"WHERE database_name = '{catalog}' AND NOT internal"
    ):
        source = identifier(catalog, schema, view)
        shell = Relation(prefix + _name(schema, view), schema, "view", source, alias=catalog)
        found.append(_view(session, shell, view, file.paths[0]))
    return found


def _view(session: Session, view: Relation, name: str, file: Path) -> Relation:
    """A view with its columns.

    Files of DuckDB before 1.4 keep in a view the name that the database had when it was made (its
    file's stem; dbt writes it into every view). Such a view only works while the file is attached
    under that name, so it is read that way, and copied before it is compared.
    """
    found = _described(session, view)
    if not found.trouble:
        return found
    home = replace(view, source=identifier(file.stem, view.schema, name), home=file)
    try:
        with at_home(session, home):
            other = _described(session, home)
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


def _described(session: Session, relation: Relation) -> Relation:
    import duckdb

    try:
        rows = session.rows(f"DESCRIBE SELECT * FROM {relation.source}")
    except duckdb.Error as problem:
        return replace(relation, trouble=first_line(problem))
    return replace(relation, columns=tuple(Column(str(r[0]), str(r[1]), session.json_text) for r in rows))


def _name(schema: str, table: str) -> str:
    """The name without its schema where that is `main`; a part with a dot is quoted to stay unambiguous."""
    parts = [
        identifier(p) if "." in p or '"' in p else p
        for p in ((schema, table) if schema != "main" else (table,))
    ]
    return ".".join(parts)
