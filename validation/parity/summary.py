"""A report for people: one line when all is equal, else a block a differing table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from validation.parity.report import Aggregate, Sample, TableReport

if TYPE_CHECKING:
    from rich.console import Console

    from validation.parity.report import ParityReport, Year

STYLE = {"equal": "green", "different": "red", "schema": "red", "missing": "red", "error": "yellow"}
NAMED = 6
SHOWN_SAMPLES = 3


def show(report: ParityReport, console: Console) -> None:
    """Print the report; colour only where the console is a terminal."""
    follows = {c.table for c in report.origin.consequences} if report.origin else set()
    for table in report.tables:
        if table.verdict != "equal":
            lines = list(_table(table))
            for line in lines[:1] if table.name in follows else lines:
                console.print(line, soft_wrap=True)
    for table in report.tables:
        notes = (*table.notes, *definitions(table))
        if table.verdict == "equal" and notes:
            console.print(Text(f"{table.name}: {'; '.join(notes)}", "dim"), soft_wrap=True)
    for setting in report.unused_settings:
        console.print(Text(f"setting that matched nothing: {setting}", "yellow"), soft_wrap=True)
    for line in _origin(report):
        console.print(line, soft_wrap=True)
    console.print(_total(report), soft_wrap=True)


def _origin(report: ParityReport) -> Iterable[Text]:
    """Where it began: a line a cause."""
    for cause in report.origin.causes if report.origin else ():
        line = Text("began in ", "bold")
        line.append(cause.table, "bold red")
        if cause.first_year is not None:
            line.append(f", {cause.first_year}")
        if cause.columns:
            line.append(f", columns {_named(cause.columns)}")
        number = cause.consequences
        line.append(f"; {number} table{' follows' if number == 1 else 's follow'} from it")
        yield line


def _total(report: ParityReport) -> Text:
    number = len(report.tables)
    counted = ", ".join(f"{n} {v}" for v, n in report.counts().items() if n or v == "equal")
    excluded = f" ({len(report.excluded)} excluded)" if report.excluded else ""
    line = f"{number} table{'' if number == 1 else 's'}, {counted}{excluded}"
    return Text(line, "bold green" if report.equal else "bold red" if report.decided else "bold yellow")


def _table(table: TableReport) -> Iterable[Text]:
    head = Text(table.name, "bold")
    head.append(f"  {table.verdict}", STYLE[table.verdict])
    parts = [table.reason, _rows(table)]
    if table.years:
        parts.append("years " + _named([_year(y) for y in table.years]))
    if table.columns and table.verdict != "schema":
        parts.append("columns " + _named(table.columns))
    head.append("  " + "; ".join(p for p in parts if p))
    yield head
    for column in table.per_column[:NAMED]:
        line = f"    {column.name}: {column.mismatches:,} values"
        if column.max_absolute is not None:
            line += f", at most {column.max_absolute:.6g} apart"
        if column.max_relative is not None:
            line += f" ({column.max_relative:.3g} of the value)"
        yield Text(line)
    for aggregate in table.aggregates:
        yield from _aggregate(aggregate)
    for note in (*table.notes, *definitions(table)):
        yield Text(f"    {note}", "dim")
    for sample in _few(table.samples):
        yield from _sample(sample)


def definitions(table: TableReport) -> list[str]:
    """What the sides define otherwise, in words."""
    return [f"{c.column}: {c.left} | {c.right}" for c in table.definitions]


def _aggregate(found: Aggregate) -> Iterable[Text]:
    by = f" by {', '.join(found.by)}" if found.by else ""
    yield Text(f"    {found.measure}{by}: {found.differing:,} of {found.groups:,} groups differ")
    for pair in [p for p in found.shown if not p.equal][:SHOWN_SAMPLES]:
        group = ", ".join(f"{n}={_value(v)}" for n, v in pair.group.items()) or "all rows"
        line = Text(f"      {group}: ")
        line.append(_value(pair.left), "red")
        line.append(" | ")
        line.append(_value(pair.right), "green")
        yield line


def _rows(table: TableReport) -> str:
    if table.rows_left is None or table.rows_right is None or table.verdict == "error":
        return ""
    return f"{table.rows_left:,} | {table.rows_right:,} rows"


def _few(samples: Sequence[Sample]) -> Iterable[Sample]:
    """The first of each kind, then more, up to a few."""
    kinds = {s.kind: s for s in reversed(samples)}
    first = [s for s in samples if kinds[s.kind] is s]
    return (first + [s for s in samples if s not in first])[:SHOWN_SAMPLES]


def _sample(sample: Sample) -> Iterable[Text]:
    key = ", ".join(f"{n}={_value(v)}" for n, v in sample.key.items())
    if sample.left is not None and sample.right is not None:
        yield Text(f"    {key}" if key else "    a row")
        for name, value in list(sample.left.items())[:NAMED]:
            line = Text(f"      {name}: ")
            line.append(_value(value), "red")
            line.append(" | ")
            line.append(_value(sample.right[name]), "green")
            yield line
        return
    values = sample.left if sample.left is not None else sample.right or {}
    shown = ", ".join(f"{n}={_value(v)}" for n, v in list(values.items())[:NAMED])
    more = ", …" if len(values) > NAMED else ""
    side = "left" if sample.kind == "only_left" else "right"
    yield Text(f"    only {side}: {shown}{more}", "red" if side == "left" else "green")


def _value(text: str | None) -> str:
    """Text in quotes where it could be mistaken: NULL, blanks at its ends, characters one cannot see."""
    if text is None:
        return "NULL"
    plain = text and text == text.strip() and text.isprintable() and text.isascii() and text != "NULL"
    return text if plain else ascii(text)


def _year(year: Year) -> str:
    return "NULL" if year is None else str(year)


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
