"""The steps of both sides of a dual run, from its ledger: when each ran, how long, how often it was tried.

Seconds count from the moment the side's own process started, so that both sides lie over each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from validation.dashboard.reading.runs import SIDES
from validation.dashboard.reading.values import moment, number, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shims.ledger import Record
    from validation.dashboard.reading.ledger import Read

TRACKED = frozenset({"step_started", "step_finished", "log"})


@dataclass(frozen=True)
class Bar:
    """One step of one side in one year. `seconds` is None while it runs.

    `moment` marks a step whose beginning the orchestrator does not tell (a node within a dbt call).
    """

    step: str
    year: str
    start: float
    seconds: float | None
    ok: bool | None
    tries: int = 1
    message: str = ""
    moment: bool = False


@dataclass(frozen=True)
class Pair:
    """A step by its name on both sides, either of which may not have it."""

    name: str
    year: str
    dagster: Bar | None
    prefect: Bar | None

    @property
    def ratio(self) -> float | None:
        """Prefect's seconds for one of Dagster's; None where that says nothing."""
        one, two = self.dagster, self.prefect
        if not one or not two or not one.seconds or two.seconds is None or one.moment or two.moment:
            return None
        return two.seconds / one.seconds


@dataclass(frozen=True)
class Steps:
    """All steps in pairs, in the order they began, and how many seconds the longer side took."""

    pairs: tuple[Pair, ...]
    length: float

    @property
    def timed(self) -> list[Pair]:
        """Pairs with a length in time on a side."""
        return [p for p in self.pairs if any(b and not b.moment for b in (p.dagster, p.prefect))]

    @property
    def moments(self) -> list[Pair]:
        """Pairs of which only the end is known: nodes of a dbt call."""
        return [p for p in self.pairs if p not in set(self.timed)]


def steps(read: Read) -> Steps:
    """Both sides' steps from a ledger, as far as it goes."""
    bars = {side: _bars([r for r in read.records if r.side == side]) for side in SIDES}
    names = {bar.step for bar in bars["prefect"]}
    left = {(_same(bar, names), bar.year): bar for bar in bars["dagster"]}
    right = {(bar.step, bar.year): bar for bar in bars["prefect"]}
    keys = dict.fromkeys([*left, *right])
    pairs = [Pair(name, year, left.get((name, year)), right.get((name, year))) for name, year in keys]
    ends = [b.start + (b.seconds or 0) for found in bars.values() for b in found]
    pairs.sort(key=lambda p: (p.year, min(b.start for b in (p.dagster, p.prefect) if b)))
    return Steps(tuple(pairs), max(ends, default=0.0))


def _same(bar: Bar, names: set[str]) -> str:
    """The name a Dagster step goes by on the other side: an asset check's step carries its asset in front."""
    if bar.step in names:
        return bar.step
    if bar.moment:
        return next(
            (f"{kind} {bar.step}" for kind in ("model", "seed", "snapshot") if f"{kind} {bar.step}" in names),
            bar.step,
        )
    ends = [name for name in names if bar.step.endswith(f"_{name}")]
    return max(ends, key=len, default=bar.step)


def _bars(records: Sequence[Record]) -> list[Bar]:
    zero = next((_at(r) for r in records if r.what == "side_started"), None)
    zero = zero if zero is not None else next((_at(r) for r in records), None)
    if zero is None:
        return []
    open_: dict[tuple[str, str], tuple[float, int]] = {}
    done: dict[tuple[str, str], Bar] = {}
    for record in records:
        step, year = text(record.facts.get("step")), text(record.facts.get("year"))
        at, key = _at(record), (step, year)
        if not step or at is None:
            continue
        after = max(at - zero, 0.0)
        if record.what == "step_started":
            first, tries = open_.get(key, (after, 0))
            open_[key] = (first, tries + 1)
        elif record.what == "log" and "retry" in text(record.facts.get("message")):
            first, tries = open_.get(key, (after, 1))
            open_[key] = (first, tries + 1)
        elif record.what == "step_finished":
            done[key] = _finished(record.facts, key, after, open_.pop(key, None))
        elif record.what == "asset" and record.facts.get("asset") != step:
            node = (text(record.facts.get("asset")), year)
            done[node] = Bar(*node, after, 0.0, True, moment=True)
    running = [Bar(*key, first, None, None, tries) for key, (first, tries) in open_.items()]
    return [*done.values(), *running]


def _finished(
    facts: Mapping[str, object], key: tuple[str, str], after: float, begun: tuple[float, int] | None
) -> Bar:
    seconds = number(facts.get("seconds")) or 0.0
    ok, message = facts.get("ok") is True, text(facts.get("message"))
    if begun is None:
        return Bar(*key, after - seconds, seconds, ok, message=message, moment=seconds == 0.0)
    return Bar(*key, begun[0], max(after - begun[0], seconds), ok, begun[1], message)


def _at(record: Record) -> float | None:
    found = moment(record.facts.get("happened")) or moment(record.at)
    return found.timestamp() if found else None
