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
        EvidenceError: one is of another kind, or pyarrow is not installed.
    """
    found = {}
    for number, (name, value) in enumerate(frames.items()):
        own = f"parity_{side}_frame_{number}"
        session.connection.register(own, arrow(name, value))
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
    if isinstance(value, pa.Table):
        return value
    if isinstance(value, pa.RecordBatch):
        return pa.Table.from_batches([value])
    if type(value).__module__.startswith("pandas") and hasattr(value, "columns"):
        return _pandas(pa, value)
    if hasattr(value, "to_arrow"):
        return value.to_arrow()
    raise EvidenceError(f"{name} is a {type(value).__name__}, not a frame", remedy=REMEDY)


def _pandas(pa: Any, frame: Any) -> Any:
    columns = {}
    for position, name in enumerate(frame.columns):
        series = frame.iloc[:, position]
        # NumPy's own floating numbers know no NULL: there NaN is NaN.
        kept = getattr(series.dtype, "kind", "") == "f" and type(series.dtype).__module__.startswith("numpy")
        if str(name) in columns:
            raise EvidenceError(f"two columns are named {name}", remedy=REMEDY)
        columns[str(name)] = pa.array(series.to_numpy() if kept else series, from_pandas=not kept)
    return pa.table(columns)
