"""What `migrate gate` prints: a line a gate, then every reason. Words decide, colour only helps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from validation.consequences import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from validation.self_test import SelfTest

WORDS = {
    "green": ("✓", "green", "green"),
    "red": ("✗", "red", "red"),
    "cannot_say": ("?", "cannot say", "yellow"),
    "not_asked": ("–", "not asked", "bright_black"),
}
WIDTH = 12
SHOWN = 8
"""How many reasons of one gate are printed; gate.json holds all."""


def lines(decided: dict[str, Any]) -> Iterator[str]:
    """The lines for one gate.json.

    Args:
        decided: what `validation.decision.to_json` made.
    """
    yield click.style(f"phase {decided['phase']} · {decided['title']} · dual run {decided['run']}", bold=True)
    for gate in decided["gates"]:
        yield f"  {word(state(gate), WIDTH)} {gate['name']:<{WIDTH}} {_counts(gate)}".rstrip()
    if decided["reasons"]:
        yield f"\n{click.style('why:', bold=True)}"
        yield from reasons(folded(decided["reasons"]))
    if decided["findings"]:
        yield f"\n{click.style('to know:', bold=True)}"
        yield from (f"  {finding}" for finding in decided["findings"])
    yield f"\n{click.style('verdict:', bold=True)} {word(decided['verdict'])}"


def reasons(every: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Two lines a reason, the first few of each gate, and how many more there are."""
    for gate in dict.fromkeys(reason["gate"] for reason in every):
        found = [reason for reason in every if reason["gate"] == gate]
        for reason in found[:SHOWN]:
            yield f"  {click.style(gate, fg='red')} · {reason['subject']}"
            yield f"      {reason['message']}"
        if len(found) > SHOWN:
            yield f"  {click.style(gate, fg='red')} · {len(found) - SHOWN} more"


def self_test(result: SelfTest) -> Iterator[str]:
    """The detection rate, a line a kind of fault, and every fault that was not found."""
    rate = "–" if result.rate is None else f"{result.rate:.1%}"
    found, missed = result.count("found"), result.count("missed")
    bold = click.style(f"self-test: {rate} found", bold=True)
    yield f"{bold}, {found} of {found + missed} seeded faults, {result.cpu_seconds:.0f} s of CPU"
    for fault in dict.fromkeys(s.fault for s in result.seeded):
        here = [s for s in result.seeded if s.fault == fault]
        count = Counter(s.outcome for s in here)
        why = Counter(s.what for s in here if s.outcome == "not applicable")
        apart = "; ".join(f"{number} not applicable: {reason}" for reason, number in why.most_common())
        apart += f"; {count['already red']} red without a fault" if count["already red"] else ""
        sign = word("red" if count["missed"] else "green").split()[0]
        yield f"  {sign} {fault:<26} {count['found']} of {count['found'] + count['missed']}  {apart}"
    yield from (
        f"    not found: {s.fault} in {s.table}: {s.what}" for s in result.seeded if s.outcome == "missed"
    )
    yield ""


def word(verdict: str, width: int = 0) -> str:
    """A verdict as a sign, a word and a colour, padded to `width` characters."""
    sign, name, colour = WORDS[verdict]
    return click.style(f"{sign} {name}".ljust(width), fg=colour)


def state(gate: dict[str, Any]) -> str:
    """The verdict of one gate of gate.json."""
    if gate["unmeasured"]:
        return "cannot_say"
    if gate["green"] and not gate.get("asked", True):
        return "not_asked"
    return "green" if gate["green"] else "red"


def _counts(gate: dict[str, Any]) -> str:
    if not gate.get("asked", True):
        return ""
    parts = [f"{gate['facts']} facts"]
    for key, text in (("failed", "failed"), ("unmeasured", "not measured"), ("waived", "waived")):
        if gate[key]:
            parts.append(f"{gate[key]} {text}")
    return ", ".join(parts)
