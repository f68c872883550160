"""What kind of noise a column holds, by its values alone: no pairing of rows, no trust in its name.

A column is looked at when the values it holds in the two runs differ as a multiset, and only the values that
differ are looked at:

* `clock`: each run's values lie within that run (dates, timestamps, ISO text, seconds since 1970);
* `identifier`: UUIDs, or text that holds an id of the run that wrote it;
* `unordered`: lists, or text joined with a separator, that are equal once they are sorted;
* `float`: numbers that, sorted, are as close together as rounding explains (`CLOSE`).

Anything else is no noise.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from validation.sql import identifier, literal

if TYPE_CHECKING:
    from shims.twice import Once
    from validation.parity.session import Session

Kind = Literal["clock", "identifier", "unordered", "float"]
CLOSE = 1e-6
"""The most that float noise may differ, relative to the larger; a sum in another order stays far below."""
NEAR_ZERO = 1e-9
"""The same as an absolute difference, for values around zero."""
SLACK_SECONDS = 2.0
SEPARATORS = (", ", ",", "; ", ";", "|", " ", "\n")
UUID = "^[{(]?[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}[)}]?$"


@dataclass(frozen=True)
class Noise:
    """A noisy column: how many of its values differ, of how many, and what was measured of them."""

    table: str
    column: str
    kind: Kind
    differing: int
    values: int
    max_absolute: float | None = None
    max_relative: float | None = None

    @property
    def measured(self) -> str:
        """The measurement in words."""
        count = f"{self.differing:,} of {self.values:,} values differ"
        if self.kind == "float":
            return f"{count}, by at most {self.max_relative:.2g} relative, {self.max_absolute:.2g} absolute"
        why = {
            "clock": "all lie within the run that wrote them: a clock",
            "identifier": "each run makes its own: identifiers",
            "unordered": "equal once their parts are sorted: an aggregate without order",
        }
        return f"{count}, {why[self.kind]}"


@dataclass(frozen=True)
class Pair:
    """The two runs as they are attached (`left`, `right`) to the session."""

    session: Session
    a: Once
    b: Once


def noise(pair: Pair, table: str, schema: str, name: str) -> tuple[list[Noise], list[str]]:
    """The noisy columns of a table that both runs have, and the columns that differ and are no noise."""
    found, other = [], []
    for column, kind in _columns(pair, schema, name):
        differing, values = _differing(pair, schema, name, column)
        if not differing:
            continue
        told = _kind(pair, kind, schema, name, column)
        if told is None:
            other.append(column)
        else:
            found.append(Noise(table, column, told[0], differing, values, *told[1]))
    return found, other


def _columns(pair: Pair, schema: str, name: str) -> list[tuple[str, str]]:
    rows = pair.session.rows(
        "SELECT l.column_name, l.data_type FROM duckdb_columns() l JOIN duckdb_columns() r"
        " ON l.column_name = r.column_name AND l.data_type = r.data_type"
        " AND l.schema_name = r.schema_name AND l.table_name = r.table_name"
        f" WHERE l.database_name = 'left' AND r.database_name = 'right' AND l.schema_name = {literal(schema)}"
        f" AND l.table_name = {literal(name)} ORDER BY l.column_index"
    )
    return [(str(column), str(kind)) for column, kind in rows]


def _differing(pair: Pair, schema: str, name: str, column: str) -> tuple[int, int]:
    """How many of the left run's values have no equal on the right; the values go to `values`."""
    parts = [
        f"SELECT {identifier(column)} AS v, {sign} AS n FROM {identifier(side, schema, name)}"
        for side, sign in (("left", 1), ("right", -1))
    ]
    pair.session.keep(
        "values",
        f"SELECT v, sum(n)::BIGINT AS n FROM ({' UNION ALL '.join(parts)}) GROUP BY v HAVING sum(n) <> 0",
    )
    left, right = pair.session.row(
        "SELECT coalesce(sum(n) FILTER (n > 0), 0), coalesce(-sum(n) FILTER (n < 0), 0)"
        ' FROM temp.main."values"'
    )
    total = pair.session.row(f"SELECT count(*) FROM {identifier('left', schema, name)}")[0]
    return max(int(left), int(right)), int(total)


def _kind(
    pair: Pair, kind: str, schema: str, name: str, column: str
) -> tuple[Kind, tuple[float | None, float | None]] | None:
    """The first kind of noise that explains every differing value; None: no kind does."""
    nothing = (None, None)
    if pair.session.row('SELECT count(*) FROM temp.main."values" WHERE v IS NULL')[0]:
        return None
    if _is_clock(pair, kind):
        return "clock", nothing
    if _is_identifier(pair, kind):
        return "identifier", nothing
    if _is_unordered(pair, kind):
        return "unordered", nothing
    if kind in ("FLOAT", "DOUBLE") or kind.startswith("DECIMAL"):
        measured = _distance(pair)
        if measured is not None and (measured[1] <= CLOSE or measured[0] <= NEAR_ZERO):
            return "float", measured
    return None


def _is_clock(pair: Pair, kind: str) -> bool:
    if kind.startswith(("TIMESTAMP", "DATE")) or kind == "VARCHAR":
        # Text without a zone may be local time, and so may a TIMESTAMP.
        moments = ["epoch(try_cast(v AS TIMESTAMPTZ))"]
        day = 86_400.0 if kind == "DATE" else 0.0
        offsets = {0, time.localtime().tm_gmtoff}
    elif kind in ("BIGINT", "DOUBLE", "HUGEINT", "UBIGINT"):
        moments, day, offsets = [f"v::DOUBLE / 1e{power}" for power in (0, 3, 6, 9)], 0.0, {0}
    else:
        return False
    return any(_within(pair, moment, offset, day) for moment in moments for offset in offsets)


def _within(pair: Pair, moment: str, offset: int, day: float) -> bool:
    conditions = []
    for sign, once in ((">", pair.a), ("<", pair.b)):
        start, end = (dt.datetime.fromisoformat(text).timestamp() for text in (once.started, once.finished))
        low, high = start - SLACK_SECONDS - day, end + SLACK_SECONDS
        inside = f"coalesce({moment} - {offset} BETWEEN {low!r} AND {high!r}, false)"
        conditions.append(f"count(*) FILTER (n {sign} 0 AND NOT {inside}) = 0")
    return bool(pair.session.row(f'SELECT {" AND ".join(conditions)} FROM temp.main."values"')[0])


def _is_identifier(pair: Pair, kind: str) -> bool:
    if kind == "UUID":
        return True
    if kind != "VARCHAR":
        return False
    own = [
        " OR ".join([f"contains(v, {literal(run)})" for run in once.run_ids] or ["false"])
        for once in (pair.a, pair.b)
    ]
    ours = f"CASE WHEN n > 0 THEN ({own[0]}) ELSE ({own[1]}) END"
    query = f'SELECT bool_and(regexp_matches(v, {literal(UUID)}) OR {ours}) FROM temp.main."values"'
    return bool(pair.session.row(query)[0])


def _is_unordered(pair: Pair, kind: str) -> bool:
    if kind.endswith("[]"):
        return _equal_as(pair, "list_sort(v)")
    if kind != "VARCHAR":
        return False
    for mark in SEPARATORS:
        every = f'SELECT bool_and(contains(v, {literal(mark)})) FROM temp.main."values"'
        if pair.session.row(every)[0] and _equal_as(pair, f"list_sort(string_split(v, {literal(mark)}))"):
            return True
    return False


def _equal_as(pair: Pair, expression: str) -> bool:
    query = (
        f'SELECT count(*) FROM (SELECT {expression} FROM temp.main."values" GROUP BY 1 HAVING sum(n) <> 0)'
    )
    return not pair.session.row(query)[0]


def _distance(pair: Pair) -> tuple[float, float] | None:
    """(absolute, relative): the largest distances of the values in their order; None: not as many each."""
    sides = [
        f"SELECT v::DOUBLE AS v, row_number() OVER (ORDER BY v) AS place"
        f' FROM (SELECT v, unnest(range(abs(n))) FROM temp.main."values" WHERE n {sign} 0)'
        for sign in (">", "<")
    ]
    query = (
        "SELECT count(*) FILTER (l.v IS NULL OR r.v IS NULL OR NOT isfinite(l.v) OR NOT isfinite(r.v)),"
        " max(abs(l.v - r.v)), max(abs(l.v - r.v) / nullif(greatest(abs(l.v), abs(r.v)), 0))"
        f" FROM ({sides[0]}) l FULL JOIN ({sides[1]}) r USING (place)"
    )
    odd, absolute, relative = pair.session.row(query)
    return None if odd or absolute is None else (float(absolute), float(relative or 0.0))


def in_tables(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(name, schema, table) of parity's table names: the schema is left out where it is `main`."""
    for name in names:
        schema, _, table = name.rpartition(".")
        yield name, schema or "main", table
