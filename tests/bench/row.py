"""One measured figure, and how rows are written and shown."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """A figure; `ratio` is value ÷ the baseline subject's value, measured in the same run."""

    area: str
    case: str
    subject: str
    metric: str
    value: float
    unit: str
    baseline: str = ""
    ratio: float | None = None
    note: str = ""
    """Why there is no figure, where there is none; `value` is then how far it got."""


def medians(rows: Iterable[Row]) -> list[Row]:
    """One row for each figure that was measured several times: the median."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.area, row.case, row.subject, row.metric), []).append(row)
    return [
        Row(**{**asdict(group[0]), "value": round(statistics.median(r.value for r in group), 3)})
        for group in groups.values()
    ]


def with_ratios(rows: Sequence[Row], baseline: str) -> list[Row]:
    """Add value ÷ the baseline subject's value to the rows of the same case and metric."""
    floor = {(r.case, r.metric): r.value for r in rows if r.subject == baseline}
    return [
        Row(**{**asdict(r), "baseline": baseline, "ratio": round(r.value / floor[r.case, r.metric], 2)})
        if floor.get((r.case, r.metric)) and not r.note
        else r
        for r in rows
    ]


def write(rows: Sequence[Row], file: Path) -> None:
    """The rows as JSON, the form other programs read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", encoding="utf-8")


def show(rows: Sequence[Row], console: Console) -> None:
    """One table an area and case: a line a subject, a column a metric, the ratio in brackets."""
    for area, case in dict.fromkeys((r.area, r.case) for r in rows):
        chosen = [r for r in rows if (r.area, r.case) == (area, case)]
        metrics = list(dict.fromkeys(r.metric for r in chosen))
        units = {r.metric: r.unit for r in chosen}
        table = Table(title=f"{area}: {case} (in brackets: ÷ {chosen[0].baseline})", title_justify="left")
        table.add_column("subject", min_width=21)
        for metric in metrics:
            table.add_column(f"{metric}, {units[metric]}", justify="right")
        for subject in dict.fromkeys(r.subject for r in chosen):
            mine = {r.metric: r for r in chosen if r.subject == subject}
            table.add_row(subject, *(_cell(mine.get(metric)) for metric in metrics))
        console.print(table)


def _cell(row: Row | None) -> str:
    if row is None:
        return "–"
    if row.note:
        return row.note
    return f"{row.value:,.1f}" + (f" ({row.ratio:g})" if row.ratio is not None else "")
