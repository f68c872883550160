"""The report as Markdown: the same sections as the page, for a pull request or a wiki."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validation.job_summary import escaped
from validation.report_html import ratio, seconds, size, spread
from validation.report_text import HEADINGS, MEANING, figures, follows, say, subtitle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from validation.report import Probe, Report


def render(report: Report) -> str:
    """The whole document."""
    lines = [*_head(report)]
    for key, section in SECTIONS.items():
        found = list(section(report))
        if found:
            lines += ["", f"## {HEADINGS[key]}", "", *found]
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.project)} · phase {report.phase}: {escaped(report.title)}"
    yield ""
    yield f"**{'✓ Green' if report.verdict == 'green' else '✗ Red'}.** {say(report)}"
    if report.reasons:
        yield ""
        yield from (
            f"- **{escaped(r.gate)}** · {escaped(r.subject)}: {escaped(r.message)}"
            for r in spread(report.reasons)
        )
    yield ""
    yield from table(("figure", "value"), figures(report))
    yield ""
    yield from table(
        ("gate", "verdict", "facts", "failed", "waived"),
        [(g.name, g.verdict, g.facts, g.failed, g.waived) for g in report.gates],
    )
    yield ""
    yield from (f"- {name}: {escaped(value)}" for name, value in subtitle(report))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table, or nothing when there is no row."""
    found = list(rows)
    if found:
        yield "| " + " | ".join(head) + " |"
        yield "|" + "---|" * len(head)
        yield from ("| " + " | ".join(escaped(cell) for cell in row) + " |" for row in found)


def _migrated(report: Report) -> Iterator[str]:
    yield from table(
        ("disposition", "constructs", "meaning"),
        [(word, report.dispositions.get(word, 0), text) for word, text in MEANING.items()],
    )
    notable = [c for c in report.constructs if c.disposition != "undeployed"]
    if notable:
        yield ""
        yield from table(
            ("construct", "where", "disposition", "note"),
            [(f"{c.kind} {c.name}", c.place, c.disposition, c.note) for c in notable],
        )


def _lost(report: Report) -> Iterator[str]:
    yield from table(("Dagster gave", "in its place"), [(loss.what, loss.instead) for loss in report.losses])


def _parity(report: Report) -> Iterator[str]:
    cells = [(row.table, cell) for row in report.parity for cell in row.cells]
    good = sum(cell.passed and not cell.waiver for _, cell in cells)
    if cells:
        yield f"{good} of {len(cells)} tables and years are equal."
    for cause in report.began:
        yield ""
        columns = f": {escaped(', '.join(cause.columns))}" if cause.columns else ""
        yield f"It began in **{escaped(cause.table)}**, {escaped(cause.year)}{columns}."
        yield escaped(follows(cause))
    failing = [(table, cell) for table, cell in cells if not cell.passed or cell.waiver]
    if failing:
        yield ""
        yield from table(
            ("table", "year", "finding", "Dagster", "Prefect", "what and where"),
            [
                (
                    name,
                    c.year or "all",
                    "waived" if c.waiver else c.verdict,
                    c.rows_dagster,
                    c.rows_prefect,
                    c.message,
                )
                for name, c in failing
            ],
        )


def _graph(report: Report) -> Iterator[str]:
    yield from table(
        ("kind", "Dagster", "Prefect", "unexplained"),
        [(line.kind, line.dagster, line.prefect, line.unexplained) for line in report.graph],
    )
    if report.graph_differences:
        yield ""
        rows = [(d.text, d.explained or "nobody") for d in report.graph_differences]
        yield from table(("difference", "explained by"), rows)


def _checks(report: Report) -> Iterator[str]:
    if report.checks:
        same = sum(line.same for line in report.checks)
        yield f"{same} of {len(report.checks)} verdicts are the same on both sides."
    notable = [c for c in report.checks if not c.same or c.dagster != "passed"]
    if notable:
        yield ""
        rows = [(c.asset, c.check, c.year, c.dagster, c.prefect) for c in notable]
        yield from table(("asset", "check", "year", "Dagster", "Prefect"), rows)


def _probes(probes: Sequence[Probe]) -> Iterator[str]:
    rows = [
        ("–" if not p.asked else "✓" if p.passed else "✗", p.subject, p.expected, p.observed, p.message)
        for p in probes
    ]
    yield from table(("", "what", "expected", "found", ""), rows)


def _self_test(report: Report) -> Iterator[str]:
    tried = report.self_test
    if tried is None:
        return
    yield f"{say_rate(report)}"
    yield ""
    rows = [(f.fault, f"{f.found} of {f.found + f.missed}", f.why or "–") for f in tried.by_fault]
    yield from table(("fault", "found", "not applicable"), rows)
    yield ""
    yield from (f"- not found: {escaped(words)}" for words in tried.missed)


def say_rate(report: Report) -> str:
    """The detection rate in words."""
    tried = report.self_test
    if tried is None or tried.rate is None:
        return "No fault was seeded."
    return f"{tried.found} of {tried.seeded} seeded faults were found: {tried.rate:.1%}."


def _cost(report: Report) -> Iterator[str]:
    rows = [
        (
            s.name,
            s.status,
            seconds(s.cpu_seconds),
            seconds(s.server_cpu_seconds),
            seconds(s.wall_seconds),
            size(s.max_rss_bytes),
        )
        for s in report.benchmark.sides
    ]
    yield from table(("side", "status", "CPU", "server CPU", "wall", "memory"), rows)
    if rows:
        cost = report.benchmark
        yield ""
        yield (
            f"CPU, Prefect ÷ Dagster: {ratio(cost.cpu_ratio)} (budget {ratio(cost.cpu_ratio_limit)}), "
            f"with the server {ratio(cost.cpu_ratio_with_server)}."
        )


def _waivers(report: Report) -> Iterator[str]:
    yield from table(
        ("gate and scope", "owner", "reason", "until", "state", "covered"),
        [
            (f"{w.gate} {w.scope}", w.owner, w.reason, w.expires, w.state, ", ".join(w.covers) or "nothing")
            for w in report.waivers
        ],
    )
    if not report.waivers:
        yield "None."


def _evidence(report: Report) -> Iterator[str]:
    yield from table(("file", "SHA-256"), [(f"{e.path}", e.sha256) for e in report.evidence])


def _approvals(report: Report) -> Iterator[str]:
    yield f"Standing: **{report.standing}**."
    if report.roles:
        yield f"Asked for: {escaped(', '.join(report.roles))}."
    if report.approvals:
        yield ""
    yield from table(
        ("what", "name", "role", "when", "comment", "report"),
        [
            (a.action, a.by, a.role, a.at, a.comment, "this one" if a.current else a.report_sha256[:16])
            for a in report.approvals
        ],
    )


SECTIONS = {
    "migrated": _migrated,
    "lost": _lost,
    "parity": _parity,
    "tables": lambda report: _probes(report.tables),
    "graph": _graph,
    "checks": _checks,
    "year": lambda report: _probes(report.parameters),
    "selftest": _self_test,
    "cost": _cost,
    "handed": lambda report: _probes((*report.in_a_row, *report.deliverables)),
    "waivers": _waivers,
    "risks": lambda report: (f"- {escaped(risk)}" for risk in report.risks),
    "evidence": _evidence,
    "approvals": _approvals,
}
