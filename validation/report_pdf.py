"""The report as PDF, by ReportLab: pure Python from PyPI, no browser and no system library.

The fonts are those every PDF reader has; a character they lack is written as its code point, [U+4E2D],
so that nothing is lost silently. The same report gives the same bytes.
https://docs.reportlab.com/reportlab/userguide/ch5_platypus/
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from validation.pdf_page import Page, lines, plain
from validation.report_html import ratio, seconds, size, spread
from validation.report_text import HEADINGS, MEANING, STANDING, figures, follows, look, say, subtitle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from validation.pdf_page import Row
    from validation.report import Probe, Report

GREEN, RED = "#14663a", "#a01d27"
GROUND = {"good": "#e2f4e9", "bad": "#f6c9cc", "waived": "#fdf0d5", "nothing": "#f0f2f5"}
REASONS = 12  # so many stand on the first page; the other renderings hold all
CHUNK = 2  # tables of the heat map side by side, while the years are few


def render(report: Report) -> bytes | None:
    """The document; None where ReportLab is not installed (it comes with the extra `gate`)."""
    try:
        from reportlab.lib.pagesizes import A4
        from reportlab.lib.units import mm
        from reportlab.platypus import SimpleDocTemplate
    except ImportError:
        return None
    stream = io.BytesIO()
    title = plain(f"{report.project} phase {report.phase}: {report.verdict}")
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=16 * mm,
        rightMargin=16 * mm,
        topMargin=16 * mm,
        bottomMargin=18 * mm,
        title=title,
        author="changeover",
        invariant=1,
    )
    draw = Page(document.width - 12)  # a frame keeps 6 points on either side

    def footer(canvas: Any, _: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 7.5)
        canvas.drawString(16 * mm, 10 * mm, f"{title} · {plain(report.generated)}")
        canvas.drawRightString(A4[0] - 16 * mm, 10 * mm, f"page {canvas.getPageNumber()}")
        canvas.restoreState()

    document.build(list(_story(draw, report)), onFirstPage=footer, onLaterPages=footer)
    return stream.getvalue()


def _story(page: Page, report: Report) -> Iterator[Any]:
    yield from _first(page, report)
    for key, section in SECTIONS.items():
        found = list(section(page, report))
        if found:
            yield page.text(HEADINGS[key], "h2")
            yield from found


def _first(page: Page, report: Report) -> Iterator[Any]:
    from reportlab.platypus import Table, TableStyle

    green = report.verdict == "green"
    colour = GREEN if green else RED
    yield page.text(f"{report.project} · Dagster to Prefect · sign-off report", "small", "#566073")
    yield page.text(f"Phase {report.phase}: {report.title}", "h1")
    yield page.gap()
    box = [page.text("Green" if green else "Red", "h1", colour), page.text(say(report))]
    box += [page.bold(f"{r.gate} · {r.subject}", r.message) for r in spread(report.reasons)[:REASONS]]
    if len(report.reasons) > REASONS:
        box.append(page.text(f"and {len(report.reasons) - REASONS} more, in report.html"))
    box.append(page.text(STANDING.get(report.standing, report.standing)))
    verdict = Table([[item] for item in box], colWidths=[page.width])
    ground, everywhere = GROUND["good" if green else "bad"], ((0, 0), (-1, -1))
    style: list[Any] = [("BACKGROUND", *everywhere, ground), ("LEFTPADDING", *everywhere, 9)]
    verdict.setStyle(TableStyle([*style, ("LINEBEFORE", *everywhere, 4, colour)]))
    yield verdict
    yield page.gap(8)
    yield page.table(("figure", "value"), figures(report), (3, 5))
    yield page.gap(8)
    if report.gates:
        rows = [(g.name, g.verdict, g.facts, g.failed, g.waived) for g in report.gates]
        yield page.table(("gate", "verdict", "facts", "failed", "waived"), rows, (3, 2, 1, 1, 1))
        yield page.gap(8)
    yield page.table(("", ""), subtitle(report), (2, 8))


def _migrated(page: Page, report: Report) -> Iterator[Any]:
    if report.dispositions:
        rows = [(word, report.dispositions.get(word, 0), text) for word, text in MEANING.items()]
        yield page.table(("disposition", "constructs", "meaning"), rows, (2, 1.4, 8))
    notable = [c for c in report.constructs if c.disposition != "undeployed"]
    if notable:
        yield page.gap()
        found = [(f"{c.kind} {c.name}", c.place, c.disposition, c.note or "–") for c in notable]
        yield page.table(("construct", "where", "disposition", "note"), found, (3, 3, 1.4, 5))


def _lost(page: Page, report: Report) -> Iterator[Any]:
    if report.losses:
        rows = [(loss.what, loss.instead) for loss in report.losses]
        yield page.table(("Dagster gave", "in its place"), rows, (3, 7))


def _parity(page: Page, report: Report) -> Iterator[Any]:
    for cause in report.began:
        colon = ":" if cause.columns else ""
        yield page.bold(f"It began in {cause.table}, {cause.year}{colon}", ", ".join(cause.columns))
        yield page.text(follows(cause), "small")
    failing = [(row.table, c) for row in report.parity for c in row.cells if not c.passed or c.waiver]
    if failing:
        rows = [
            (
                name,
                c.year or "all",
                "waived" if c.waiver else c.verdict,
                f"{c.rows_dagster} / {c.rows_prefect}",
                c.message,
            )
            for name, c in failing
        ]
        yield page.table(("table", "year", "finding", "rows", "what and where"), rows, (3, 0.8, 1.2, 1.4, 6))
        yield page.gap()
    if report.parity:
        yield page.text(
            "Rows on the Dagster side; green: equal, red: not, amber: waived, grey: empty, allowed.", "small"
        )
        yield _heat(page, report)


def _heat(page: Page, report: Report) -> Any:
    """The heat map; while the years are few, several tables stand in a row."""
    from reportlab.platypus import LongTable, TableStyle

    years = sorted({c.year for row in report.parity for c in row.cells if c.year is not None}, key=str)
    columns = CHUNK if len(years) <= CHUNK else 1
    length = -(-len(report.parity) // columns)
    block = 1 + max(1, len(years))
    cells: list[list[Any]] = [["Table", *([str(y) for y in years] or ["all"])] * columns]
    style = [
        *lines(),
        ("FONT", (0, 0), (-1, -1), "Helvetica", 6.6),
        ("FONT", (0, 0), (-1, 0), "Helvetica-Bold", 6.6),
    ]
    for line in range(length):
        row: list[Any] = []
        for place in range(columns):
            number = place * length + line
            here = report.parity[number] if number < len(report.parity) else None
            row.append(plain(here.table) if here else "")
            found = {c.year: c for c in here.cells} if here else {}
            for offset, year in enumerate(years or [None], start=1):
                cell = found.get(year) or found.get(None)
                row.append(f"{cell.rows_dagster:,}" if cell else "")
                if cell:
                    at = (place * block + offset, line + 1)
                    style.append(("BACKGROUND", at, at, GROUND[look(cell)]))
        cells.append(row)
    share = page.width / columns
    wide = share - 38 * (block - 1)
    made = LongTable(cells, colWidths=[wide, *[38] * (block - 1)] * columns, repeatRows=1)
    made.setStyle(TableStyle(style))
    return made


def _graph(page: Page, report: Report) -> Iterator[Any]:
    if report.graph:
        rows = [(g.kind, g.dagster, g.prefect, g.unexplained) for g in report.graph]
        yield page.table(("kind", "Dagster", "Prefect", "unexplained"), rows, (3, 1, 1, 1))
    if report.graph_differences:
        yield page.gap()
        found = [(d.text, d.explained or "nobody") for d in report.graph_differences]
        yield page.table(("difference", "explained by"), found, (5, 5))


def _checks(page: Page, report: Report) -> Iterator[Any]:
    if not report.checks:
        return
    same = sum(line.same for line in report.checks)
    yield page.text(f"{same} of {len(report.checks)} verdicts are the same on both sides.")
    notable = [c for c in report.checks if not c.same or c.dagster != "passed"]
    if notable:
        rows = [(c.asset, c.check, c.year, c.dagster, c.prefect) for c in notable]
        yield page.table(("asset", "check", "year", "Dagster", "Prefect"), rows, (3, 4, 0.8, 2, 2))


def _probes(page: Page, probes: Sequence[Probe]) -> Iterator[Any]:
    if probes:
        rows = [
            ("–" if not p.asked else "ok" if p.passed else "NO", p.subject, p.expected, p.observed, p.message)
            for p in probes
        ]
        yield page.table(("", "what", "expected", "found", ""), rows, (0.5, 4, 2.6, 2.6, 1.6))


def _self_test(page: Page, report: Report) -> Iterator[Any]:
    tried = report.self_test
    if tried is None:
        return
    rate = "–" if tried.rate is None else f"{tried.rate:.1%}"
    yield page.text(f"{tried.found} of {tried.seeded} seeded faults were found: {rate}.")
    rows = [(f.fault, f"{f.found} of {f.found + f.missed}", f.why or "–") for f in tried.by_fault]
    yield page.table(("fault", "found", "not applicable"), rows, (3, 1.5, 6))
    yield from (page.text(f"not found: {words}", "small", RED) for words in tried.missed)


def _cost(page: Page, report: Report) -> Iterator[Any]:
    cost = report.benchmark
    if not cost.sides:
        return
    rows = [
        (
            s.name,
            s.status,
            seconds(s.cpu_seconds),
            seconds(s.server_cpu_seconds),
            seconds(s.wall_seconds),
            size(s.max_rss_bytes),
        )
        for s in cost.sides
    ]
    yield page.table(("side", "status", "CPU", "server CPU", "wall", "peak memory"), rows, (2, 2, 1, 1, 1, 1))
    said = f"CPU, Prefect ÷ Dagster: {ratio(cost.cpu_ratio)} (budget {ratio(cost.cpu_ratio_limit)})"
    yield page.text(f"{said}, with the Prefect server {ratio(cost.cpu_ratio_with_server)}.")


def _waivers(page: Page, report: Report) -> Iterator[Any]:
    if not report.waivers:
        yield page.text("None.")
        return
    rows = [
        (
            f"{w.gate} {w.scope}",
            w.owner,
            w.reason,
            w.expires,
            "; ".join((w.state, *w.faults)),
            ", ".join(w.covers) or "nothing",
        )
        for w in report.waivers
    ]
    yield page.table(
        ("gate and scope", "owner", "reason", "until", "state", "covered"), rows, (3, 1.5, 3, 1.3, 2, 3)
    )


def _risks(page: Page, report: Report) -> Iterator[Any]:
    return (page.text(f"• {risk}") for risk in report.risks)


def _evidence(page: Page, report: Report) -> Iterator[Any]:
    if report.evidence:
        yield page.table(("file", "SHA-256"), [(e.path, e.sha256) for e in report.evidence], (4, 5))


def _approvals(page: Page, report: Report) -> Iterator[Any]:
    yield page.text(STANDING.get(report.standing, report.standing))
    if report.roles:
        yield page.text(f"Asked for: {', '.join(report.roles)}.")
    rows: list[Row] = [
        (a.action, a.by, a.role, a.at, a.comment, "this one" if a.current else a.report_sha256[:16])
        for a in report.approvals
    ]
    rows = rows or [("\n\n",) * 6] if report.verdict == "green" else rows
    if rows:
        yield page.table(
            ("what", "name", "role", "when", "comment", "report"), rows, (1.4, 2, 2, 2.4, 4, 1.6)
        )


SECTIONS = {
    "migrated": _migrated,
    "lost": _lost,
    "parity": _parity,
    "tables": lambda page, report: _probes(page, report.tables),
    "graph": _graph,
    "checks": _checks,
    "year": lambda page, report: _probes(page, report.parameters),
    "selftest": _self_test,
    "cost": _cost,
    "handed": lambda page, report: _probes(page, (*report.in_a_row, *report.deliverables)),
    "waivers": _waivers,
    "risks": _risks,
    "evidence": _evidence,
    "approvals": _approvals,
}
