"""The whole comparison: both sides opened, every table compared, one frozen report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from migrate.errors import EvidenceError
from validation.parity.aggregates import aggregated
from validation.parity.catalog import Relation, frame_relations, relations
from validation.parity.lineage import lineage_beside
from validation.parity.origin import origin
from validation.parity.report import ParityReport, TableReport
from validation.parity.reshape import reshaped, shaped
from validation.parity.rows import compare_table
from validation.parity.session import SIDES, first_line, session
from validation.parity.settings import Settings
from validation.parity.sources import distinct, find, unread
from validation.parity.table import Table, count_rows

if TYPE_CHECKING:
    from migrate.config import Outputs
    from validation.parity.frames import Frames
    from validation.parity.lineage import Lineage
    from validation.parity.session import Session
    from validation.parity.sources import DataFile


@dataclass(frozen=True)
class Wish:
    """Beyond the verdict: how many samples of a kind a table, and a folder for the differing rows."""

    samples: int = 3
    export: Path | None = None
    export_format: str = "parquet"


def compare(
    left: Path | Frames,
    right: Path | Frames,
    outputs: Outputs | None = None,
    *,
    years: Sequence[int] | None = None,
    memory_limit: str | None = None,
    year_column: str | None = None,
    wish: Wish | None = None,
    lineage: Lineage | None = None,
) -> ParityReport:
    """Compare every table of two sides.

    Args:
        left: a DuckDB file, a data file or glob, a folder of such files, or Arrow tables, pandas or
            polars frames by name.
        right: the other side, of any of these kinds.
        outputs: `[outputs]` of migration.toml; None compares everything by the rules without configuration.
        years: years that every table with a year column must hold on at least one side.
        memory_limit: what DuckDB may hold in memory (such as `2GB`); the rest is spilled to disk.
        year_column: a name that goes before that of `outputs`.
        wish: how many samples, and where to write differing rows.
        lineage: which tables each table is made of (see lineage.py); None looks for a dbt manifest in
            the run's folder that a side lies in.

    Returns:
        The report; its tables are sorted by name. A table that could not be compared is an `error` there.

    Raises:
        EvidenceError: a side is missing, locked, damaged or no data; both are one file; there is no table.
        ChangeoverError: `memory_limit` is none.
    """
    files = _files(left), _files(right)
    _distinct(left, right, files)
    settings = Settings(outputs, year_column, tuple(years or ()))
    with session(memory_limit) as opened:
        tables = _tables(opened, settings, (left, right), files, wish or Wish())
    upstream = lineage or lineage_beside(left) or lineage_beside(right)
    return _report((left, right), settings, _judge_empty(tables) if outputs is None else tables, upstream)


def _report(
    sides: tuple[Path | Frames, Path | Frames],
    settings: Settings,
    tables: Sequence[TableReport],
    upstream: Lineage | None,
) -> ParityReport:
    one, two = (str(side) if isinstance(side, Path) else "frames" for side in sides)
    began = origin(tables, upstream) if upstream else None
    unknown = {name for side in sides if isinstance(side, Path) for name in unread(side)}
    excluded = tuple(sorted(settings.left_out | unknown))
    return ParityReport(one, two, tuple(tables), excluded, settings.unused(), began)


def _tables(
    opened: Session,
    settings: Settings,
    sides: tuple[Path | Frames, Path | Frames],
    files: tuple[list[DataFile], list[DataFile]],
    wish: Wish,
) -> list[TableReport]:
    """Every table that a side has, compared."""
    held = relations(opened, files, prefixed=not all(len(side) <= 1 for side in files))
    for number, side in enumerate(sides):
        if not isinstance(side, Path):
            held[number] = frame_relations(opened, SIDES[number], side)
    found = (_chosen(settings, side) for side in held)
    one, two, shapes = reshaped(opened, settings, *found)
    names = sorted({**one, **two})
    if not names:
        raise EvidenceError(
            "there is no table to compare on either side",
            file=sides[0] if isinstance(sides[0], Path) else None,
            remedy="Check `schemas` and `exclude` of [outputs], and that these are the files meant.",
        )
    return [shaped(_table(opened, settings, name, one, two, wish), shapes.get(name)) for name in names]


def _files(side: Path | Frames) -> list[DataFile]:
    return find(side) if isinstance(side, Path) else []


def _distinct(
    left: Path | Frames, right: Path | Frames, files: tuple[list[DataFile], list[DataFile]]
) -> None:
    distinct(*files)
    if isinstance(left, Path) or isinstance(right, Path):
        return
    for name, value in left.items():
        if any(value is other for other in right.values()):
            raise EvidenceError(f"both sides are the same frame ({name})", remedy="Give each side its own.")


def _chosen(settings: Settings, found: Mapping[str, Relation]) -> dict[str, Relation]:
    return {name: relation for name, relation in found.items() if settings.compared(name, relation)}


def _table(
    opened: Session,
    settings: Settings,
    name: str,
    left: Mapping[str, Relation],
    right: Mapping[str, Relation],
    wish: Wish,
) -> TableReport:
    import duckdb

    one, two = left.get(name), right.get(name)
    try:
        if one is None or two is None:
            return _missing(opened, name, one, two)
        rules = settings.rules(name, one, two)
        table = Table(name, one, two, rules, wish.samples, wish.export, wish.export_format)
        return aggregated(opened, settings, table, compare_table(opened, table))
    except (duckdb.Error, EvidenceError) as problem:
        return TableReport(
            name,
            "error",
            reason=f"cannot be compared: {first_line(problem)}",
            kind_left=one.kind if one else None,
            kind_right=two.kind if two else None,
        )


def _missing(opened: Session, name: str, left: Relation | None, right: Relation | None) -> TableReport:
    here = left or right
    assert here is not None
    rows = None if here.trouble else count_rows(opened, here)
    report = TableReport(name, "missing", reason=f"only on the {'left' if left else 'right'}")
    if left:
        return replace(report, kind_left=here.kind, rows_left=rows, only_left=rows, only_right=0)
    return replace(report, kind_right=here.kind, rows_right=rows, only_left=0, only_right=rows)


def _judge_empty(tables: Sequence[TableReport]) -> list[TableReport]:
    """Without configuration an empty table equals an empty one, unless no table holds a row at all."""
    some = any(t.rows_left or t.rows_right for t in tables)
    return [
        replace(t, verdict="equal", reason="", notes=(*t.notes, "empty on both sides"))
        if some and t.verdict == "error" and t.reason == "empty on both sides"
        else t
        for t in tables
    ]
