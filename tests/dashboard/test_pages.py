"""Every page with the reference's real data, in Chromium: live and from files, both themes and widths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import reference_project as data

from validation.dashboard.names import piece

RUN = data.SIX_YEARS
LOG = f"runs/{data.SECOND}/logs/{piece('dagster/side.err.log')}.html"
MISSING = "no-such-page.html"
PAGES = {
    "index.html": "Proof of concept",
    "lineage.html": "92 assets",
    "assets/fct_employer_match.html": "employer_match",
    "parity.html": "81 of 81 tables are equal",
    f"parity/{RUN}.html": "Where it began",
    f"parity/{RUN}/fct_participant_contributions.html": "It differs because fct_employer_match does",
    "runs.html": RUN,
    f"runs/{RUN}.html": "workforce_models",
    f"runs/{RUN}/2027.html": "Steps of both sides, 2027",
    "checks.html": "nobody_is_paid_above_the_band",
    "evidence.html": "approved by R. Diaz",
    LOG: "STEP_SUCCESS",
    "bench.html": "Overhead",
    MISSING: "Nothing is known by this address",
}
FEWER = """() => { for (const rows of document.querySelectorAll(
  'tbody, #nodes, #edges, .bars, .axis, .overlay > .series, #log'))
  [...rows.children].slice(10).forEach((row) => row.remove()) }"""
"""Rows of one kind beyond the first ten: axe takes seconds a thousand, and says the same of each."""
SERIOUS = ("serious", "critical")
CONTRAST = ["color-contrast"]
"""All that differs between light and dark is colour: the other rules are asked once a width."""


def faults(page: Any, rules: list[str] | None = None) -> list[str]:
    """What axe-core finds serious. https://github.com/dequelabs/axe-core"""
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    found = page.evaluate("options => axe.run(document, options)", {"resultTypes": ["violations"], **only})
    return [
        f"{v['id']}: {v['nodes'][0]['html'][:200]} {v['nodes'][0].get('failureSummary', '')[:200]}"
        for v in found["violations"]
        if v["impact"] in SERIOUS
    ]


@pytest.mark.parametrize(("path", "words"), PAGES.items())
def test_each_page_shows_the_reference_and_axe_finds_nothing_serious(
    path: str, words: str, live: str, look: Any, axe: str
) -> None:
    view = look(live, clean=path != MISSING)
    assert view.go(path).status == (404 if path == MISSING else 200)
    assert words in view.text()
    assert view.page.title().endswith("PlanAlign")
    assert path == MISSING or view.page.query_selector_all("script[src$='follow.js']")
    view.page.evaluate(FEWER)
    view.page.evaluate(axe)
    found = {}
    for width in (1280, 390):
        view.page.set_viewport_size({"width": width, "height": 900})
        view.page.emulate_media(color_scheme="light")
        found[width, "light"] = faults(view.page)
        view.page.emulate_media(color_scheme="dark")
        found[width, "dark"] = faults(view.page, CONTRAST)
        wide = view.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide at {width}"
    assert not any(found.values()), found


def test_the_static_site_opens_from_a_folder(exported: Path, look: Any) -> None:
    view = look(f"file://{exported}/")
    for path, words in PAGES.items():
        if path == MISSING:
            continue
        view.go(path)
        assert words in view.text(), path
        assert view.page.evaluate("getComputedStyle(document.querySelector('.top')).position") == "sticky"


def test_every_link_of_the_static_site_leads_to_a_file(exported: Path) -> None:
    import re
    from urllib.parse import unquote

    missing = set()
    for file in exported.rglob("*.html"):
        if file.name == "report.html":
            continue
        for link in re.findall(r'(?:href|src|data-csv)="([^"#:]+)[#"]', file.read_text(encoding="utf-8")):
            target = (file.parent / unquote(link)).resolve()
            if not target.is_file():
                missing.add(f"{file.relative_to(exported)} -> {link}")
    assert not missing, sorted(missing)[:10]
    assert len(list(exported.rglob("*.html"))) > 200
