"""Overhead and duration: of every dual run, and of the figures that `make bench` wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.dashboard.reading.values import number, rows, text
from validation.dashboard.source import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from validation.dashboard.reading.runs import RunLine
    from validation.dashboard.source import Source


@dataclass(frozen=True)
class Figure:
    """One row of bench.json."""

    area: str
    case: str
    subject: str
    metric: str
    value: float
    unit: str
    baseline: str
    ratio: float | None


@dataclass(frozen=True)
class Measured:
    """One complete run: what a year of each side cost. Seconds; ratios are Prefect to Dagster."""

    run: str
    phase: str
    started: str
    years: int
    dagster_cpu: float
    prefect_cpu: float
    server_cpu: float
    dagster_wall: float
    prefect_wall: float

    @property
    def ratio(self) -> float:
        """CPU seconds, the server left out."""
        return self.prefect_cpu / self.dagster_cpu

    @property
    def ratio_with_server(self) -> float:
        """CPU seconds, the server's counted."""
        return (self.prefect_cpu + self.server_cpu) / self.dagster_cpu


def measured(runs: Sequence[RunLine]) -> list[Measured]:
    """Runs in which both sides succeeded and were measured, oldest first."""
    found = []
    for run in reversed(runs):
        if not run.ok:
            continue
        one, two = run.sides["dagster"], run.sides["prefect"]
        if not one.cpu or two.cpu is None or one.wall is None or two.wall is None:
            continue
        years = max(len(run.years), 1)
        found.append(
            Measured(
                run.id, run.phase, run.started, years, one.cpu, two.cpu, two.server or 0.0, one.wall, two.wall
            )
        )
    return found


def figures(source: Source) -> list[Figure]:
    """The rows of build/bench.json; none when `make bench` has not run."""
    try:
        found = source.cached(source.root / "build" / "bench.json", "json", parse)
    except OSError:
        return []
    return [
        Figure(
            text(row.get("area")),
            text(row.get("case")),
            text(row.get("subject")),
            text(row.get("metric")),
            value,
            text(row.get("unit")),
            text(row.get("baseline")),
            number(row.get("ratio")),
        )
        for row in rows(found)
        if (value := number(row.get("value"))) is not None
    ]
