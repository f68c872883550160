"""One in-memory DuckDB that both sides are attached to, read-only."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from migrate.errors import ChangeoverError, EvidenceError
from validation.sql import identifier, literal

if TYPE_CHECKING:
    import duckdb

Row = tuple[Any, ...]
T = TypeVar("T")
SIDES = ("left", "right")
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
BESIDE = 150 << 20
"""Bytes of the process that DuckDB's own limit does not count."""
BLOCK = 256 << 10
"""Bytes of a block of a DuckDB file."""
SPARE = 12 << 20
"""Bytes that a query needs beside the blocks it reads."""
VALUE = 16
"""Bytes that a value takes in memory, roughly."""


@dataclass(frozen=True)
class Session:
    """The connection; all SQL of the comparison goes through it."""

    connection: duckdb.DuckDBPyConnection
    json_text: bool
    """Whether this DuckDB's casts of nested values to text lack quotes, so that JSON must be added."""
    limit: int | None = None
    """Bytes that DuckDB may hold in memory; None for its own default."""
    kept: set[str] = field(default_factory=set)
    """The temporary tables there are."""
    lasting: set[str] = field(default_factory=set)
    """Those that stay until the end."""

    def rows(self, sql: str) -> list[Row]:
        """All rows of a query."""
        found: list[Row] = self.connection.execute(sql).fetchall()
        return found

    def row(self, sql: str) -> Row:
        """The first row of a query."""
        return self.rows(sql)[0]

    def frugal(self, columns: int, act: Callable[[], T], keeps: int = 0) -> T:
        """What a query gives that reads that many columns of stored tables once and keeps so many bytes.

        It gets few buffers, which it then uses again: memory that is new to the process costs a fifth of
        the query's time. What does not go into so little is done again with all that is allowed.
        """
        import duckdb

        little = SPARE + 2 * BLOCK * columns * (os.cpu_count() or 1) + keeps
        if self.lasting or keeps > SPARE or (self.limit is not None and self.limit <= little):
            return act()
        try:
            self.run(f"SET memory_limit = '{little}B'")
            return act()
        except duckdb.OutOfMemoryException:
            pass
        finally:
            self.run("RESET memory_limit" if self.limit is None else f"SET memory_limit = '{self.limit}B'")
        return act()

    def run(self, sql: str) -> None:
        """A statement without a result."""
        self.connection.execute(sql)

    def keep(self, name: str, query: str) -> str:
        """Store a query's rows as a temporary table and give its SQL name; an older one is replaced."""
        table = identifier("temp", "main", name)
        self.run(f"CREATE OR REPLACE TEMP TABLE {identifier(name)} AS {query}")
        self.kept.add(name)
        return table

    def keep_on(self, name: str, query: str) -> str:
        """Store a query's rows for as long as the session lasts."""
        self.keep(name, query)
        self.kept.discard(name)
        self.lasting.add(name)
        return identifier("temp", "main", name)

    def free(self) -> None:
        """Drop all temporary tables."""
        for name in sorted(self.kept):
            self.run(f"DROP TABLE IF EXISTS {identifier('temp', 'main', name)}")
        self.kept.clear()

    def attach(self, file: Path, name: str) -> None:
        """Attach a database file, read-only.

        Raises:
            EvidenceError: it is locked, damaged, encrypted or of a version this DuckDB cannot read.
        """
        import duckdb

        try:
            self.run(f"ATTACH {literal(str(file.resolve()))} AS {identifier(name)} (READ_ONLY)")
        except duckdb.Error as problem:
            raise _unreadable(file, str(problem)) from None


@contextmanager
def session(memory_limit: str | None) -> Iterator[Session]:
    """Open a connection whose results depend on nothing but the data; spilled rows are removed at the end.

    Args:
        memory_limit: what DuckDB may hold in memory, such as `2GB`; None for its own default.

    Raises:
        ChangeoverError: the limit is none.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="parity-") as spill, duckdb.connect() as connection:
        limit = _limited(connection, memory_limit) if memory_limit else None
        connection.execute(f"SET temp_directory = {literal(spill)}")
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET enable_progress_bar = false")
        # A view that names a table that is not there must fail, not find a variable of this program.
        connection.execute("SET python_enable_replacements = false")
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute("SET TimeZone = 'UTC'")
        version = tuple(int(part) for part in duckdb.__version__.split(".")[:2])
        yield Session(connection, json_text=version < (1, 4), limit=limit)


def _limited(connection: duckdb.DuckDBPyConnection, memory_limit: str) -> int:
    """Set the limit and give it in bytes. It is for the whole process: what Python and DuckDB hold beside
    buffers counts too."""
    import duckdb

    try:
        connection.execute(f"SET memory_limit = {literal(memory_limit)}")
        # current_setting would build DuckDB's whole list of functions first
        *_, told = connection.execute("FROM pragma_database_size()").fetchone() or ("0 bytes",)
        amount, unit = told.split()
        limit = int(float(amount) * 1024 ** UNITS.index(unit))
        if limit > 3 * BESIDE:
            limit -= BESIDE
        connection.execute(f"SET memory_limit = '{limit}B'")
    except duckdb.Error as problem:
        said = f"{memory_limit} is no memory limit: {first_line(problem)}"
        raise ChangeoverError(said, remedy="For example 500MB or 2GB.") from None
    return limit


def first_line(problem: BaseException) -> str:
    """What DuckDB says of a problem, without the SQL it happened in."""
    return (
        str(problem).strip().splitlines()[0].rstrip(".") if str(problem).strip() else type(problem).__name__
    )


def _unreadable(file: Path, message: str) -> EvidenceError:
    if "extension" in message.lower():
        return EvidenceError(
            f"needs an extension of DuckDB that is not installed here: {message.strip().splitlines()[0]}",
            file=file,
            remedy="Run `INSTALL sqlite` in DuckDB once, or export the tables to Parquet and compare those.",
        )
    if "lock" in message.lower() or "already attached" in message:
        return EvidenceError(
            "is in use by another process or connection",
            file=file,
            remedy="Close whatever has it open for writing, or compare a copy of it.",
        )
    return EvidenceError(
        f"cannot be read: {message.strip().splitlines()[0]}",
        file=file,
        remedy="Give a DuckDB file that this version of DuckDB can open.",
    )
