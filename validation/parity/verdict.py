"""From what was measured to a table's verdict, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from validation.parity.fingerprint import Print
from validation.parity.pairing import Counts, Tally
from validation.parity.report import Sample, TableReport, Year, YearFacts, in_order, label

if TYPE_CHECKING:
    from validation.parity.fingerprint import Prints, RawYear
    from validation.parity.settings import Rules

NO_ROW = "fingerprints differ though no row does: reading it twice may give different rows"


@dataclass(frozen=True)
class Outcome:
    """What is known of a table: fingerprints by year, and the counts of those that differ."""

    shell: TableReport
    rules: Rules
    left: Prints
    right: Prints
    suspected: tuple[RawYear, ...] = ()
    counts: Counts | None = None
    shared_key: bool = False
    samples: tuple[Sample, ...] = ()


def conclude(outcome: Outcome) -> TableReport:
    """The report of a table whose rows were compared.

    A real difference goes before any doubt: a table that differs is `different` even where a year
    that should be there is on neither side.
    """
    years = _years(outcome)
    counts = outcome.counts or Counts({}, 0, 0, 0)
    differing = tuple(y.year for y in years if y.verdict in ("different", "missing"))
    facts = replace(
        outcome.shell,
        rows_left=sum(y.rows_left for y in years),
        rows_right=sum(y.rows_right for y in years),
        only_left=counts.only_left,
        only_right=counts.only_right,
        changed=counts.changed,
        per_column=counts.columns,
        samples=outcome.samples,
        notes=(*outcome.shell.notes, *_notes(outcome)),
    )
    if outcome.rules.year_column:
        facts = replace(facts, per_year=years, years=differing)
    if differing:
        names = tuple(c.name for c in counts.columns)
        return replace(facts, verdict="different", columns=names, reason=_reason(counts))
    return _doubted(facts, outcome.rules, years)


def _doubted(facts: TableReport, rules: Rules, years: Iterable[YearFacts]) -> TableReport:
    """Equal, unless there was nothing to compare."""
    if not facts.rows_left and not facts.rows_right:
        if not rules.empty_allowed:
            return replace(facts, verdict="error", reason="empty on both sides")
        return replace(
            facts, verdict="equal", notes=(*facts.notes, f"empty on both sides: {rules.empty_allowed}")
        )
    absent = [str(y.year) for y in years if y.verdict == "error"]
    if absent:
        return replace(facts, verdict="error", reason=f"on neither side: {', '.join(absent)}")
    return replace(facts, verdict="equal")


def _years(outcome: Outcome) -> tuple[YearFacts, ...]:
    tallies = outcome.counts.years if outcome.counts else {}
    # Nothing found where fingerprints differ means agreement only where a tolerance explains it.
    unexplained = bool(outcome.suspected) and not tallies and not outcome.shell.tolerated
    found: dict[Year, YearFacts] = {}
    for raw in {**outcome.left, **outcome.right}:
        one, two = (side.get(raw, Print()).rows for side in (outcome.left, outcome.right))
        tally = tallies.get(raw, Tally())
        apart = bool(tally.only_left or tally.only_right or tally.changed or one != two)
        if not (apart or (unexplained and raw in outcome.suspected)):
            facts = YearFacts(label(raw), "equal", one, two)
        else:
            verdict = "different" if one and two else "missing"
            facts = YearFacts(
                label(raw),
                "different" if verdict == "different" else "missing",
                one,
                two,
                tally.only_left,
                tally.only_right,
                tally.changed,
            )
        found[facts.year] = facts
    for year in outcome.rules.required:
        found.setdefault(year, YearFacts(year, "error", 0, 0))
    return tuple(found[y] for y in sorted(found, key=in_order))


def _reason(counts: Counts) -> str:
    parts = []
    if counts.changed:
        parts.append(f"{_rows(counts.changed)} changed")
    if counts.only_left:
        parts.append(f"{_rows(counts.only_left)} only left")
    if counts.only_right:
        parts.append(f"{_rows(counts.only_right)} only right")
    return ", ".join(parts) or NO_ROW


def _rows(number: int) -> str:
    return f"{number:,} row{'' if number == 1 else 's'}"


def _notes(outcome: Outcome) -> list[str]:
    shell = outcome.shell
    notes = []
    if outcome.shared_key:
        notes.append("the key is not unique: rows that share one are counted as rows of one side")
    if shell.kind_left != shell.kind_right:
        notes.append(f"a {shell.kind_left} on the left, a {shell.kind_right} on the right")
    return notes
