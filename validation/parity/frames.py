"""Tables that are in memory: Arrow tables, pandas and polars frames, by name.

DuckDB reads a pandas frame's NaN as NULL. Frames are therefore turned to Arrow here, where a column of
floating numbers keeps its NaN; in columns of objects None, NaN and NaT are all NULL, as pandas means them.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from migrate.errors import EvidenceError

if TYPE_CHECKING:
    from validation.parity.session import Session

Frames = Mapping[str, Any]
REMEDY = "Give Arrow tables, pandas or polars frames by name: {'table': frame}."


def register(session: Session, side: str, frames: Frames) -> dict[str, str]:
    """Make the frames of one side readable; gives each one's name in SQL.

    Raises:
        EvidenceError: one is of another kind, holds what cannot be compared, or pyarrow is not installed.
    """
    import duckdb

    found = {}
    for number, (name, value) in enumerate(frames.items()):
        own = f"parity_{side}_frame_{number}"
        try:
            session.connection.register(own, arrow(name, value))
        except duckdb.Error as problem:
            raise EvidenceError(f"{name} cannot be compared: {problem}", remedy=REMEDY) from None
        found[name] = own
    return found


def arrow(name: str, value: Any) -> Any:
    """The Arrow table of a frame.

    Raises:
        EvidenceError: see `register`.
    """
    try:
        pa = importlib.import_module("pyarrow")  # it has no types
    except ImportError:
        raise EvidenceError("frames need pyarrow", remedy="pip install pyarrow") from None
    try:
        table = _table(pa, value)
    except (pa.ArrowException, OverflowError, TypeError) as problem:
        raise EvidenceError(f"{name} cannot be compared: {problem}", remedy=REMEDY) from None
    if table is None:
        raise EvidenceError(f"{name} is a {type(value).__name__}, not a frame", remedy=REMEDY)
    return _held(pa, table)


def _table(pa: Any, value: Any) -> Any:
    """The Arrow table of any kind of frame; None for what is none."""
    if isinstance(value, pa.Table):
        return value
    if isinstance(value, pa.RecordBatch):
        return pa.Table.from_batches([value])
    if isinstance(value, pa.RecordBatchReader):
        return value.read_all()
    if type(value).__module__.startswith("pandas") and hasattr(value, "columns"):
        return _pandas(pa, value)
    if hasattr(value, "collect_schema") and hasattr(value, "collect"):  # polars' LazyFrame, and its frame
        value = value.lazy().collect()
        if any(str(kind).startswith("Object") for kind in value.schema.values()):
            raise TypeError("a column holds Python objects")
    for method in ("to_arrow_table", "to_arrow"):
        if hasattr(value, method):
            return getattr(value, method)()
    return None


def _held(pa: Any, table: Any) -> Any:
    """The table in types that lose nothing on the way: DuckDB's INTERVAL has no nanoseconds, and there is
    no number of 16 bits."""
    for place, kind in enumerate(table.schema):
        if kind.type == pa.float16():
            table = table.set_column(place, kind.name, table.column(place).cast(pa.float32()))
        elif kind.type == pa.duration("ns"):
            table = table.set_column(place, kind.name, _duration(pa, table.column(place)))
    return table


def _duration(pa: Any, column: Any) -> Any:
    """A duration in microseconds where it is one, else its nanoseconds as a number."""
    try:
        return column.cast(pa.duration("us"))
    except pa.ArrowInvalid:
        return column.cast(pa.int64())


def _pandas(pa: Any, frame: Any) -> Any:
    """A pandas frame; an index that has a name is a column of it."""
    columns = {}
    levels = [(n, frame.index.get_level_values(i)) for i, n in enumerate(frame.index.names) if n is not None]
    held = [(name, frame.iloc[:, position]) for position, name in enumerate(frame.columns)]
    for name, series in [*levels, *held]:
        dense = series.array.to_dense() if hasattr(series.array, "to_dense") else series
        # NumPy's own floating numbers know no NULL: there NaN is NaN.
        kept = getattr(dense.dtype, "kind", "") == "f" and type(dense.dtype).__module__.startswith("numpy")
        if str(name) in columns:
            raise EvidenceError(f"two columns are named {name}", remedy=REMEDY)
        values = getattr(dense, "to_numpy", lambda array=dense: array)() if kept else dense
        columns[str(name)] = pa.array(values, from_pandas=not kept)
    return pa.table(columns)
