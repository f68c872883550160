"""`[outputs]`: settings that change what is compared. Each carries its reason."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from migrate.config_values import Reason, Strict, Text

FILES = (".parquet", ".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".arrow", ".feather", ".xlsx")


def one_database(value: str) -> str:
    """The name of one DuckDB file, as it came.

    A dual run counts, digests and copies one database a side; a folder of files that it recorded in part
    would be evidence of a part only, so it is refused before anything runs.

    Raises:
        ValueError: it names a folder, several files (a glob) or a file that is no database.
    """
    name = value.replace("\\", "/")
    if any(c in name for c in "*?["):
        found = "is a glob"
    elif name.rsplit("/", 1)[-1] in ("", ".", "..", "{side}"):
        found = "is a folder"
    elif name.lower().removesuffix(".gz").endswith(FILES):
        found = "is no database"
    else:
        return value
    raise ValueError(
        f"{value} {found}, and a dual run records one DuckDB file a side: name a file such as "
        "{side}/out.duckdb that each side loads its files into; `migrate parity LEFT RIGHT` compares "
        "folders and globs of Parquet, CSV and JSON files"
    )


class Rename(Strict):
    """A column that has another name on the right, and why. `table` may be a glob."""

    table: Text = "*"
    left: Text
    right: Text
    reason: Reason


class Filter(Strict):
    """The rows of a table that are compared, as a condition in SQL, and why. `table` may be a glob."""

    table: Text
    where: Text
    reason: Reason


class AggregateRule(Strict):
    """`measures` (SQL, such as `sum(pay)`) of a table by group, on both sides, and why they are asked for.

    `by` may be empty: then of the whole table. `absolute` and `relative` are how far two values may be apart.
    """

    table: Text
    by: tuple[Text, ...] = ()
    measures: Annotated[tuple[Text, ...], Field(min_length=1)]
    absolute: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    relative: Annotated[float, Field(ge=0, lt=1)] = 0.0
    reason: Reason


class Identifier(Strict):
    """A generated identifier, the natural key `by` which it is compared, and why.

    `references` are the other columns that hold it, as `table.column`.
    """

    table: Text
    column: Text
    by: Annotated[tuple[Text, ...], Field(min_length=1)]
    references: tuple[Annotated[str, Field(pattern=r".+\..+")], ...] = ()
    reason: Reason
