"""What `migrate gate` prints: a line a gate, then every reason. Words decide, colour only helps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = {
    "green": ("✓", "green", "green"),
    "red": ("✗", "red", "red"),
    "cannot_say": ("?", "cannot say", "yellow"),
}
WIDTH = 10


def lines(decided: dict[str, Any]) -> Iterator[str]:
    """The lines for one gate.json.

    Args:
        decided: what `validation.decision.to_json` made.
    """
    yield click.style(f"phase {decided['phase']} · {decided['title']} · dual run {decided['run']}", bold=True)
    for gate in decided["gates"]:
        yield f"  {word(state(gate)):<{WIDTH}} {gate['name']:<12} {_counts(gate)}"
    for title, key in (("why", "reasons"),):
        if decided[key]:
            yield ""
            yield click.style(f"{title}:", bold=True)
        for reason in decided[key]:
            yield f"  {reason['gate']}: {reason['subject']}: {reason['message']}"
    if decided["findings"]:
        yield ""
        yield click.style("to know:", bold=True)
        yield from (f"  {finding}" for finding in decided["findings"])
    yield ""
    yield click.style("verdict: ", bold=True) + word(decided["verdict"])


def word(verdict: str) -> str:
    """A verdict as a sign, a word and a colour."""
    sign, name, colour = WORDS[verdict]
    return click.style(f"{sign} {name}", fg=colour)


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
