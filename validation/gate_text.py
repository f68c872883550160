"""What `migrate gate` prints: a line a gate, then every reason. Words decide, colour only helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WORDS = {
    "green": ("✓", "green", "green"),
    "red": ("✗", "red", "red"),
    "cannot_say": ("?", "cannot say", "yellow"),
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
        yield f"  {word(state(gate), WIDTH)} {gate['name']:<{WIDTH}} {_counts(gate)}"
    if decided["reasons"]:
        yield f"\n{click.style('why:', bold=True)}"
        yield from reasons(decided["reasons"])
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


def word(verdict: str, width: int = 0) -> str:
    """A verdict as a sign, a word and a colour, padded to `width` characters."""
    sign, name, colour = WORDS[verdict]
    return click.style(f"{sign} {name}".ljust(width), fg=colour)


def state(gate: dict[str, Any]) -> str:
    """The verdict of one gate of gate.json."""
    if gate["unmeasured"]:
        return "cannot_say"
    return "green" if gate["green"] else "red"


def _counts(gate: dict[str, Any]) -> str:
    parts = [f"{gate['facts']} facts"]
    for key, text in (("failed", "failed"), ("unmeasured", "not measured"), ("waived", "waived")):
        if gate[key]:
            parts.append(f"{gate[key]} {text}")
    return ", ".join(parts)
