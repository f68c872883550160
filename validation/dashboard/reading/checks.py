"""Every check's verdict on both sides, run by run, and what became of it on corrupted data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.dashboard.reading.values import rows, table, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from validation.dashboard.reading.runs import RunLine, Tally
    from validation.dashboard.source import Source


@dataclass(frozen=True)
class Point:
    """One check in one run: its tally a side, None where the side did not run it."""

    run: str
    dagster: Tally | None
    prefect: Tally | None

    @property
    def verdict(self) -> str:
        """passed, failed (on both sides alike), differs, or one side only."""
        if self.dagster is None or self.prefect is None:
            return "one side only"
        if self.dagster.failed != self.prefect.failed:
            return "differs"
        return "failed" if self.dagster.failed else "passed"


@dataclass(frozen=True)
class History:
    """One check over all runs, oldest first; `corrupted` is what `migrate verify --checks` found."""

    asset: str
    check: str
    points: tuple[Point, ...]
    corrupted: str = ""
    detail: str = ""

    @property
    def last(self) -> Point:
        """The newest run that has it."""
        return self.points[-1]

    @property
    def severity(self) -> str:
        """As the newest run tells it."""
        tally = self.last.dagster or self.last.prefect
        return tally.severity if tally else ""

    @property
    def name(self) -> str:
        """Asset and check."""
        return f"{self.asset}:{self.check}"


def histories(runs: Sequence[RunLine], tried: Mapping[tuple[str, str], tuple[str, str]]) -> list[History]:
    """Every check of all complete runs; what differs or fails in the newest run stands first."""
    found: dict[tuple[str, str], list[Point]] = {}
    for run in reversed(runs):
        sides = [run.sides[name].checks if name in run.sides else {} for name in ("dagster", "prefect")]
        for key in dict.fromkeys([*sides[0], *sides[1]]):
            found.setdefault(key, []).append(Point(run.id, sides[0].get(key), sides[1].get(key)))
    order = {"differs": 0, "one side only": 1, "failed": 2, "passed": 3}
    histories = [History(*key, tuple(points), *tried.get(key, ("", ""))) for key, points in found.items()]
    return sorted(histories, key=lambda h: (order[h.last.verdict], h.asset, h.check))


def corrupted(source: Source) -> dict[tuple[str, str], tuple[str, str]]:
    """(asset, check) → (outcome, detail) of verdicts.json; empty when nothing was tried."""
    record = source.json(source.workspace.verdicts) or {}
    return {
        (text(c.get("asset")), text(c.get("check"))): (text(c.get("outcome")), _detail(c))
        for c in rows(record.get("checks"))
    }


def _detail(check: dict[str, object]) -> str:
    mutated = table(check.get("mutated"))
    said = (
        f"{text(check.get('mutation'))}: Dagster {mutated.get('dagster')}, Prefect {mutated.get('prefect')}"
    )
    return text(check.get("detail")) or (said if check.get("mutation") else "")
