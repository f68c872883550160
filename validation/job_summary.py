"""gate.json as a short Markdown page for the summary of a CI job."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from validation.consequences import folded
from validation.gate_text import WORDS, state

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHOWN = 10
"""How many reasons are listed; gate.json holds all."""
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def render(decided: Mapping[str, Any]) -> str:
    """The page: verdict, gates, reasons, self-test and waivers.

    Args:
        decided: gate.json, or what a gate without an answer prints.
    """
    return "\n".join(_lines(decided)) + "\n"


def escaped(text: object) -> str:
    """Text that stays text in Markdown, on one line."""
    return " ".join(SPECIAL.sub(r"\\\1", str(text)).split())


def _lines(decided: Mapping[str, Any]) -> Iterator[str]:
    sign, word, _ = WORDS[decided["verdict"]]
    title = decided.get("title", "")
    yield f"## {sign} Phase {escaped(decided['phase'])}{': ' + escaped(title) if title else ''} is {word}"
    yield ""
    if decided["run"]:
        yield f"Dual run `{decided['run']}`, decided {decided.get('decided', '')} by Great Expectations."
        yield ""
    if decided["gates"]:
        yield "| gate | verdict | facts | failed | waived |"
        yield "|---|---|--:|--:|--:|"
        for gate in decided["gates"]:
            sign, word, _ = WORDS[state(gate)]
            counts = " | ".join(str(gate[key]) for key in ("facts", "failed", "waived"))
            yield f"| {gate['name']} | {sign} {word} | {counts} |"
        yield ""
    yield from _reasons(decided)
    if decided["waivers"]:
        used = sum(w["state"] == "in use" for w in decided["waivers"])
        yield f"Waivers: {len(decided['waivers'])}, {used} in use."
        yield ""
    if decided["findings"]:
        yield "### To know"
        yield from (f"- {escaped(finding)}" for finding in decided["findings"])


def _reasons(decided: Mapping[str, Any]) -> Iterator[str]:
    reasons = folded(decided["reasons"])
    if not reasons:
        return
    yield "### Why"
    for reason in reasons[:SHOWN]:
        yield f"- **{escaped(reason['gate'])}** · {escaped(reason['subject'])}: {escaped(reason['message'])}"
    if len(reasons) > SHOWN:
        yield f"- and {len(reasons) - SHOWN} more"
    yield ""
