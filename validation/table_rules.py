"""What `[outputs.tables]` asks of a table, counted in DuckDB: one query a table, whatever it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.sql import any_of, identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from migrate.config import Outputs, Phase
    from migrate.config_gate import Range, TableRule
    from validation.parity.catalog import Relation
    from validation.parity.session import Session


@dataclass(frozen=True)
class Measured:
    """One counted statement: `off` says by how much it fails, None that it could not be counted."""

    subject: str
    expected: str
    observed: str
    off: float | None
    wrong: str | tuple[str, ...] = ""
    part: str = ""


def measures(
    database: Path, outputs: Outputs, phase: Phase, rules: Mapping[str, TableRule]
) -> list[Measured]:
    """Count what is asked of one side.

    Args:
        database: a DuckDB file, or a folder of data files.
        rules: what is asked, by table.

    Raises:
        EvidenceError: the database cannot be opened.
    """
    from validation.parity.catalog import relations
    from validation.parity.session import session
    from validation.parity.settings import Settings
    from validation.parity.sources import find

    with session(None) as opened:
        files = find(database)
        found, _ = relations(opened, (files, ()), prefixed=len(files) > 1)
        settings = Settings(outputs, None, phase.years)
        compared = [name for name, relation in found.items() if settings.compared(name, relation)]
        results = [_count(len(compared))]
        for name, rule in sorted(rules.items()):
            results += _table(opened, name, found.get(name), rule, outputs.year_column, phase.years)
    return results


def _count(found: int) -> Measured:
    """Some table, on this side; how many there must be, parity's gate knows, by name."""
    return Measured("tables", "tables to look at", str(found), float(not found))


def _table(
    session: Session,
    name: str,
    relation: Relation | None,
    rule: TableRule,
    year_column: str,
    phase_years: tuple[int, ...],
) -> list[Measured]:
    if relation is None:
        return [Measured(name, "the table", "no such table", 1.0, "it is missing", f"{name}/missing")]
    import duckdb

    try:
        found = [*_rows(session, name, relation, rule)]
        if rule.key:
            found.append(_key(session, name, relation, rule.key))
        found += [_nulls(session, name, relation, column) for column in rule.not_null]
        found += [_range(session, name, relation, c, allowed) for c, allowed in rule.ranges.items()]
        if rule.years:
            wanted = phase_years if rule.years == "all" else rule.years
            found.append(_years(session, name, relation, year_column, wanted))
    except duckdb.Error as problem:
        said = str(problem).strip().splitlines()[0]
        return [Measured(name, "what migration.toml asks of it, counted", "not counted", None, said)]
    return found


def _rows(session: Session, name: str, relation: Relation, rule: TableRule) -> Iterator[Measured]:
    if rule.min_rows is None and rule.max_rows is None:
        return
    (rows,) = session.row(f"SELECT count(*) FROM {relation.source}")
    low, high = rule.min_rows or 0, rule.max_rows
    off = max(0, low - rows) + (max(0, rows - high) if high is not None else 0)
    said = [f"at least {low}" if rule.min_rows else "", f"at most {high}" if high is not None else ""]
    expected = " and ".join(s for s in said if s) + " rows"
    wrong = f"{off} too {'few' if rows < low else 'many'}" if off else ""
    yield Measured(f"{name} rows", expected, f"{rows} rows", float(off), wrong, f"{name}/rows")


def _key(session: Session, name: str, relation: Relation, key: tuple[str, ...]) -> Measured:
    columns = ", ".join(identifier(c) for c in key)
    nulls = any_of(f"{identifier(c)} IS NULL" for c in key)
    rows, distinct, empty = session.row(
        f"SELECT count(*), count(DISTINCT ({columns})), count(*) FILTER ({nulls}) FROM {relation.source}"
    )
    doubled = rows - distinct
    problems = [f"{doubled} rows share their key with another"] if doubled else []
    problems += [f"{empty} rows have no key"] if empty else []
    problems += ["there is no row to judge"] if not rows else []
    return Measured(
        f"{name} key ({', '.join(key)})",
        "unique and never NULL",
        f"{distinct} keys in {rows} rows",
        float(doubled + empty + (not rows)),
        tuple(problems),
        f"{name}/key",
    )


def _nulls(session: Session, name: str, relation: Relation, column: str) -> Measured:
    rows, empty = session.row(
        f"SELECT count(*), count(*) FILTER ({identifier(column)} IS NULL) FROM {relation.source}"
    )
    wrong = f"{empty} are NULL" if empty else "there is no row to judge" if not rows else ""
    return Measured(
        f"{name}.{column}",
        "never NULL",
        f"{rows - empty} of {rows} rows",
        float(empty + (not rows)),
        wrong,
        f"{name}/{column}",
    )


def _range(session: Session, name: str, relation: Relation, column: str, allowed: Range) -> Measured:
    cell = identifier(column)
    # NaN is greater than every number in DuckDB: a range without an upper end has to name it
    outside = [f"isnan({cell}::DOUBLE)"]
    outside += [f"{cell} < {allowed.min!r}"] if allowed.min is not None else []
    outside += [f"{cell} > {allowed.max!r}"] if allowed.max is not None else []
    values, low, high, wrong = session.row(
        f"SELECT count({cell}), min({cell}), max({cell}), count(*) FILTER ({any_of(outside)}) "
        f"FROM {relation.source}"
    )
    ends = [f"{w} {e:g}" for w, e in (("at least", allowed.min), ("at most", allowed.max)) if e is not None]
    said = f"{wrong} values are outside" if wrong else "there is no value to judge" if not values else ""
    return Measured(
        f"{name}.{column} range",
        f"every value {' and '.join(ends)}",
        f"{low} to {high} in {values} values",
        float(wrong + (not values)),
        said,
        f"{name}/{column}",
    )


def _years(
    session: Session, name: str, relation: Relation, year_column: str, wanted: tuple[int, ...]
) -> Measured:
    alike = [c.name for c in relation.columns if c.name.lower() == year_column.lower()]
    if not alike:
        return Measured(f"{name} years", "rows in every year", "no year column", 1.0, year_column)
    rows = session.rows(f"SELECT DISTINCT {identifier(alike[0])}::VARCHAR FROM {relation.source}")
    held = {str(row[0]) for row in rows}
    missing = tuple(str(year) for year in wanted if str(year) not in held)
    return Measured(
        f"{name} years",
        f"rows in every year ({naming_years(wanted)})",
        f"{len(wanted) - len(missing)} of {len(wanted)} years",
        float(len(missing)),
        tuple(f"no row in {year}" for year in missing),
        f"{name}/years",
    )


def naming_years(years: tuple[int, ...]) -> str:
    """Years as a run where they are one."""
    if len(years) > 2 and list(years) == list(range(years[0], years[-1] + 1)):
        return f"{years[0]} to {years[-1]}"
    return ", ".join(str(year) for year in years)
