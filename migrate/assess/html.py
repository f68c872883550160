"""An assessment as one HTML page, complete in itself, light or dark as the reader's system is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

STYLE = """
:root{color-scheme:light dark;--ink:#1c2733;--soft:#5b6b7b;--paper:#fff;--line:#d5dde5;--panel:#f5f8fa;
--red:#b3261e;
--amber:#8a5a00;--green:#1d6b37}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9fb0c0;--paper:#0f151b;--line:#2b3844;
--panel:#151d25;--red:#ff8a80;--amber:#ffcf70;--green:#7fd99a}}
body{margin:0 auto;max-width:1000px;padding:24px;
font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:26px}
h2{margin-top:36px;border-bottom:1px solid var(--line);padding-bottom:4px}
h3{margin:20px 0 4px;font-size:16px}
table{border-collapse:collapse;width:100%;margin:10px 0}
td,th{border:1px solid var(--line);padding:4px 8px;
text-align:left;
vertical-align:top}th{background:var(--panel)}
code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
.verdict{padding:14px 18px;border:1px solid var(--line);border-left:6px solid;
background:var(--panel);font-size:18px}
.first{color:var(--red)}.condition{color:var(--amber)}
.note{color:var(--soft)}.go{border-left-color:var(--green)}

.cond{border-left-color:var(--amber)}
.stop{border-left-color:var(--red)}
.soft{color:var(--soft)}details{margin:4px 0}
"""
CLASSES = {"fix first": "first", "condition": "condition", "note": "note"}
BORDER = {"go": "go", "go with conditions": "cond"}


def html_of(report: dict[str, Any]) -> str:
    """The page: verdict first, every place of every finding, effort and order."""
    title = f"Assessment of {report['project']}"
    body = "\n".join([*_head(report, title), *_parts(report), *_effort(report), *_order(report)])
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body>\n{body}\n</body></html>"
    )


def _head(report: dict[str, Any], title: str) -> Iterator[str]:
    verdict = report["verdict"]
    yield f"<h1>{escape(title)}</h1>"
    told = f"The rules say {verdict['computed']}; overridden: {verdict['reason']}"
    told = f"<p class='soft'>{escape(told)}</p>" if verdict["reason"] else ""
    yield (
        f"<div class='verdict {BORDER.get(verdict['word'], 'stop')}'>Verdict: "
        f"<b>{escape(verdict['word'])}</b> "
        f"<span class='soft'>({escape(verdict['rule'])})</span>{told}</div>"
    )
    if verdict["conditions"]:
        rows = [[escape(c["what"]), escape(c["lifts"])] for c in verdict["conditions"]]
        yield _table(["what stands in the way", "what would lift it"], rows)


def _parts(report: dict[str, Any]) -> Iterator[str]:
    for heading in report["headings"]:
        yield f"<h2>{escape(heading['title'])}</h2><ul>"
        yield from (f"<li>{escape(fact)}</li>" for fact in heading["facts"])
        yield "</ul>"
        for finding in heading["findings"]:
            kind = CLASSES[finding["weight"]]
            yield f"<h3><span class='{kind}'>{finding['weight']}</span> {escape(finding['title'])}</h3>"
            yield f"<p>{escape(finding['means'])}</p>"
            if finding["reason"]:
                yield f"<p class='soft'>weighed so: {escape(finding['reason'])}</p>"
            opened = " open" if finding["count"] <= 8 else ""
            yield f"<details{opened}><summary>{finding['count']} places</summary>"
            yield _table(["where", "what"], [_place(e) for e in finding["evidence"]])
            yield f"</details><p class='soft'>Lifted by: {escape(finding['lifts'])}</p>"


def _place(evidence: dict[str, Any]) -> list[str]:
    place = f"{evidence['file']}:{evidence['line']}" if evidence["line"] else evidence["file"]
    return [f"<code>{escape(place)}</code>", escape(evidence["said"])]


def _effort(report: dict[str, Any]) -> Iterator[str]:
    effort = report["effort"]
    low, high = effort["hours"]
    yield "<h2>Complexity and effort</h2>"
    yield f"<p><b>{low:g}–{high:g} hours</b> of one person, {_range(effort['days'])} days.</p>"
    yield _table(["what", "arithmetic"], [[escape(x["what"]), escape(x["said"])] for x in effort["lines"]])
    yield _table(["work", "constructs"], [[escape(r["said"]), str(r["count"])] for r in report["natures"]])
    for name, rows in (("phase", report["phases"]), ("file", report["modules"])):
        words = ("converted", "adapted", "manual", "undeployed")
        cells = [
            [
                escape(str(r[name])),
                str(r["constructs"]),
                *(str(r.get(w, 0)) for w in words),
                _range(r["hours"]),
            ]
            for r in rows
        ]
        yield _table([name, "constructs", *words, "hours"], cells) if cells else ""


def _range(hours: list[float]) -> str:
    return f"{hours[0]:g}–{hours[1]:g}"


def _order(report: dict[str, Any]) -> Iterator[str]:
    yield "<h2>Order of work</h2><p>Units that can move alone, leaves first.</p>"
    rows = [
        [
            str(step["wave"]),
            escape(step["name"]),
            escape(step["makes"][0] if len(step["makes"]) == 1 else f"{len(step['makes'])} tables"),
            escape(", ".join(step["needs"])),
            f"{step['radius']} nodes, {step['checks']} checks",
        ]
        for step in report["order"]
    ]
    yield _table(["wave", "moves alone", "makes", "needs", "blast radius"], rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"
