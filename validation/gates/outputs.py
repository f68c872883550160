"""Every table of every year is equal on both sides, none is missing and none is empty by accident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from validation.facts import Fact, naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from migrate.config import Outputs
    from validation.evidence import Evidence

GATE = "parity"
REPORT = "parity.json"


@dataclass(frozen=True)
class Cell:
    """One table in one year (None: the whole table) as parity.json tells it."""

    table: str
    year: int | str | None
    verdict: str
    left: int
    right: int
    parts: tuple[str, ...] = ()
    detail: str = ""
    sizes: tuple[int, ...] = ()

    @property
    def where(self) -> str:
        """`table/year`, or `table/all`."""
        return f"{self.table}/{self.year or 'all'}"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about parity.json: how many tables were compared, and one a table and year."""
    file = evidence.name(evidence.folder / REPORT)
    if evidence.parity is None:
        yield _not_compared(evidence, file)
        return
    tables = evidence.parity["tables"]
    yield _count(len(tables), evidence.phase.expect_tables, file)
    follows = consequences(evidence.parity)
    found = cells(evidence.parity, evidence.phase.years)
    for cell in sorted(found, key=lambda c: c.table in follows):
        fact = _cell(cell, _may_be_empty(cell, evidence.migration.outputs), file)
        yield replace(fact, follows=follows.get(cell.table, ()) if fact.measure else ())


def consequences(parity: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """The tables that differ because others do, with those; empty where the lineage is not known."""
    return {c["table"]: tuple(c["of"]) for c in (parity.get("origin") or {}).get("consequences", [])}


def _not_compared(evidence: Evidence, file: str) -> Fact:
    """One file named twice is a wrong answer; anything else that stops the comparison leaves none."""
    return Fact(
        GATE,
        "outputs",
        "both databases compared",
        "not compared",
        1.0 if evidence.same_file else None,
        detail=evidence.parity_trouble,
        evidence=file,
    )


def _count(found: int, expected: int, file: str) -> Fact:
    return Fact(
        GATE,
        "tables",
        f"{expected} tables compared",
        f"{found}",
        float(abs(found - expected)),
        detail="" if found == expected else "expect_tables in migration.toml says how many outputs there are",
        evidence=file,
    )


def _cell(cell: Cell, may_be_empty: bool, file: str) -> Fact:
    empty = cell.left == 0 and cell.right == 0
    if cell.verdict in ("equal", "error") and empty and not may_be_empty:
        wrong = "empty on both sides: nothing was compared, and [[outputs.allow_empty]] does not allow it"
        return _fact(replace(cell, parts=(), sizes=()), "rows on both sides", "no row at all", wrong, file)
    observed = f"{cell.verdict}, {cell.left} rows in Dagster, {cell.right} in Prefect"
    return _fact(cell, "equal on both sides", observed, cell.detail, file)


def _fact(cell: Cell, expected: str, observed: str, wrong: str, file: str) -> Fact:
    off = cell.verdict != "equal" or expected == "rows on both sides"
    return Fact(
        GATE,
        cell.where,
        expected,
        observed,
        float(off),
        detail=wrong if off else "",
        evidence=file,
        year=cell.year if isinstance(cell.year, int) else None,
        parts=cell.parts if off else (),
        sizes=cell.sizes if off else (),
    )


def _may_be_empty(cell: Cell, outputs: Outputs) -> bool:
    return any(
        fnmatchcase(cell.table, allowed.table) and (not allowed.years or cell.year in (None, *allowed.years))
        for allowed in outputs.allow_empty
    )


def cells(parity: dict[str, Any], years: tuple[int, ...]) -> Iterator[Cell]:
    """Every table of parity.json by year; a year of the phase that it leaves out is a cell without rows."""
    for table in parity["tables"]:
        found = [_year_cell(table, entry) for entry in table["per_year"]]
        if table["year_column"] and (found or table["verdict"] in ("equal", "different")):
            known = {cell.year for cell in found}
            found += [Cell(table["name"], year, "equal", 0, 0) for year in years if year not in known]
        if not found or (table["verdict"] != "equal" and all(cell.verdict == "equal" for cell in found)):
            found.append(_whole(table))
        yield from found


def _whole(table: dict[str, Any]) -> Cell:
    """A table that knows no years, or whose fault lies not in its rows: missing, other types, unreadable."""
    name, verdict = table["name"], table["verdict"]
    changes = [
        f"{c['column']} is {c['left'] or 'missing'} in Dagster, {c['right'] or 'missing'} in Prefect"
        for c in table["schema_changes"]
    ]
    schema = [(f"{name}/schema/{c['column']}", 1) for c in table["schema_changes"]]
    if verdict == "missing":
        side = "Dagster" if table["kind_left"] is None else "Prefect"
        return Cell(
            name, None, verdict, *_rows(table), (f"{name}/missing",), f"the table is missing in {side}"
        )
    rows = _parts(f"{name}/all", table, table) if verdict == "different" else {}
    reason = [] if changes or not table["reason"] else [table["reason"]]
    detail = "; ".join([*reason, *changes, *_differences(table, table, None)])
    parts = dict(schema) | rows
    return Cell(name, None, verdict, *_rows(table), tuple(parts), detail, tuple(parts.values()))


def _year_cell(table: dict[str, Any], entry: dict[str, Any]) -> Cell:
    where = f"{table['name']}/{entry['year']}"
    if entry["verdict"] == "equal":
        return Cell(table["name"], entry["year"], "equal", *_rows(entry))
    parts = _parts(where, entry, table)
    detail = "; ".join(_differences(table, entry, entry["year"])) or table["reason"]
    sizes = tuple(parts.values())
    return Cell(table["name"], entry["year"], entry["verdict"], *_rows(entry), tuple(parts), detail, sizes)


def _rows(entry: dict[str, Any]) -> tuple[int, int]:
    return int(entry["rows_left"] or 0), int(entry["rows_right"] or 0)


def _parts(where: str, entry: dict[str, Any], table: dict[str, Any]) -> dict[str, int]:
    """What a waiver must cover, with its count: rows that only one side has, and each column that differs.

    parity.json names columns for the whole table; asking for all of them in each year that differs, and
    counting as many cells as rows changed there, errs on the strict side.
    """
    lonely = (entry["only_left"] or 0) + (entry["only_right"] or 0)
    parts = {f"{where}/rows": lonely} if lonely else {}
    if entry["changed"]:
        cells = {c["name"]: c["mismatches"] for c in table["per_column"]}
        for column in table["columns"]:
            parts[f"{where}/{column}"] = min(entry["changed"], cells.get(column) or entry["changed"])
    return parts or {where: 1}


def _differences(table: dict[str, Any], entry: dict[str, Any], year: int | str | None) -> list[str]:
    said = [
        f"{_count_rows(entry[key])} {words}"
        for key, words in (("only_left", "only in Dagster"), ("only_right", "only in Prefect"))
        if entry[key]
    ]
    if entry["changed"]:
        columns = naming(f"{c['name']} ({c['mismatches']})" for c in table["per_column"])
        said.append(f"{_count_rows(entry['changed'])} changed in {columns}")
    sample = next((s for s in table["samples"] if year is None or s["year"] == year), None)
    return [*said, f"first: {_sample(sample)}"] if sample else said


def _count_rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _sample(sample: dict[str, Any]) -> str:
    """One differing row: its key, and the values of its differing columns on both sides."""
    key = ", ".join(f"{name}={value}" for name, value in sample["key"].items())
    left, right = sample["left"], sample["right"]
    if left is None or right is None:
        side, row = ("Prefect", right) if left is None else ("Dagster", left)
        return f"only in {side}: {key or _shown(row or {})}"
    changes = naming(f"{name} {left[name]} in Dagster, {right.get(name)} in Prefect" for name in left)
    return f"{key}: {changes}" if key else changes


def _shown(row: dict[str, Any]) -> str:
    return naming(f"{name}={value}" for name, value in row.items())
