"""An assessment as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SHOWN = 10


def markdown_of(report: dict[str, Any], shown: int = SHOWN) -> str:
    """The whole assessment; of each finding's places the first `shown`."""
    return "\n".join([*_head(report), *_parts(report, shown), *_effort(report), *_order(report)]) + "\n"


def _head(report: dict[str, Any]) -> Iterator[str]:
    verdict = report["verdict"]
    yield f"# Assessment of {report['project']}"
    yield ""
    yield f"**Verdict: {verdict['word']}**, by {verdict['rule']}."
    if verdict["reason"]:
        yield f"The rules say *{verdict['computed']}*; overridden: {verdict['reason']}"
    yield ""
    if verdict["conditions"]:
        yield "| what stands in the way | what would lift it |"
        yield "|---|---|"
        for condition in verdict["conditions"]:
            yield f"| {_cell(condition['what'])} | {_cell(condition['lifts'])} |"
        yield ""


def _parts(report: dict[str, Any], shown: int) -> Iterator[str]:
    for heading in report["headings"]:
        yield f"## {heading['title']}"
        yield ""
        yield from (f"- {fact}" for fact in heading["facts"])
        yield ""
        for finding in heading["findings"]:
            yield f"### {finding['title']}"
            yield ""
            weighed = f", {finding['reason']}" if finding["reason"] else ""
            yield f"`{finding['name']}`, {finding['weight']}{weighed}. {finding['means']}"
            yield ""
            for evidence in finding["evidence"][:shown]:
                place = f"{evidence['file']}:{evidence['line']}" if evidence["line"] else evidence["file"]
                yield f"- `{place}`: {evidence['said']}"
            if finding["count"] > shown:
                yield f"- and {finding['count'] - shown} more"
            yield ""
            yield f"Lifted by: {finding['lifts']}"
            yield ""


def _effort(report: dict[str, Any]) -> Iterator[str]:
    effort = report["effort"]
    yield "## Complexity and effort"
    yield ""
    low, high = effort["hours"]
    yield f"{low:g}–{high:g} hours of one person ({effort['days'][0]:g}–{effort['days'][1]:g} days of "
    day = effort["assumptions"]["hours_a_day"]
    yield f"{day:g} hours). Each line is a count times an assumption of `[assess.effort]`:"
    yield ""
    yield "| what | arithmetic |"
    yield "|---|---|"
    yield from (f"| {_cell(line['what'])} | {line['said']} |" for line in effort["lines"])
    yield ""
    yield "| work | constructs |"
    yield "|---|---|"
    yield from (f"| {row['said']} | {row['count']} |" for row in report["natures"])
    yield ""
    for name, rows in (("file", report["modules"]), ("phase", report["phases"])):
        if rows:
            yield f"| {name} | constructs | converted | adapted | manual | undeployed | hours |"
            yield "|---|---|---|---|---|---|---|"
            for row in rows:
                words = " | ".join(
                    str(row.get(w, 0)) for w in ("converted", "adapted", "manual", "undeployed")
                )
                low, high = row["hours"]
                yield f"| {row[name]} | {row['constructs']} | {words} | {low:g}–{high:g} |"
            yield ""


def _order(report: dict[str, Any]) -> Iterator[str]:
    yield "## Order of work"
    yield ""
    yield "Units that can move alone, leaves first. Blast radius: what lies downstream and would notice."
    yield ""
    yield "| wave | moves alone | makes | needs | blast radius |"
    yield "|---|---|---|---|---|"
    for step in report["order"]:
        made = f"`{step['makes'][0]}`" if len(step["makes"]) == 1 else f"{len(step['makes'])} tables"
        needs = ", ".join(step["needs"][:4]) + (" …" if len(step["needs"]) > 4 else "")
        radius = f"{step['radius']} nodes, {step['checks']} checks of its own"
        yield f"| {step['wave']} | {step['name']} | {made} | {needs} | {radius} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
