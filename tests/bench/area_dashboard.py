"""What a person waits for: the first paint in Chromium, on 50 dual runs and on 5,000 assets.

A fresh server and a fresh page each time; the floor is an empty page of the same server. Seconds from the
request to the first contentful paint, as Chromium itself measures it. https://www.w3.org/TR/paint-timing/
"""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from row import Row, medians, with_ratios

sys.path.insert(0, str(Path(__file__).parents[1] / "dashboard"))
import reference_project

AREA = "dashboard"
FLOOR = "a page without content"
PAGES = {
    FLOOR: "no-such-page.html",
    "board": "index.html",
    "lineage": "lineage.html",
    "parity": "parity.html",
    "runs": "runs.html",
    "one run": f"runs/{reference_project.SIX_YEARS}.html",
    "checks": "checks.html",
    "evidence": "evidence.html",
    "bench": "bench.html",
}
PAINT = """() => new Promise((done) => new PerformanceObserver((list) => {
  const [entry] = list.getEntriesByName("first-contentful-paint");
  if (entry) done(entry.startTime);
}).observe({ type: "paint", buffered: true }))"""
MIGRATE = str(Path(sys.executable).with_name("migrate"))


def measure(years: tuple[int, ...], repeat: int) -> list[Row]:
    """Medians of at least three first paints of each page; ratios are to the floor."""
    from playwright.sync_api import sync_playwright

    rows: list[Row] = []
    with (
        tempfile.TemporaryDirectory(prefix="changeover-dashboard-") as place,
        sync_playwright() as playwright,
    ):
        history = reference_project.build(Path(place) / "history")
        reference_project.full_history(history)
        large = reference_project.build(Path(place) / "large")
        reference_project.many_assets(large)
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for case, root in (("3 phases, 50 dual runs", history), ("5,000 assets", large)):
            for _ in range(max(3, repeat)):
                rows += paints(browser, root, case)
        browser.close()
    return with_ratios(medians(rows), FLOOR)


def paints(browser: Any, root: Path, case: str) -> Iterator[Row]:
    """One first paint of each page by a server that has answered nothing yet, and by the same again."""
    for name, path in PAGES.items():
        with served(root) as address:
            for metric in ("first visit", "next visit"):
                page = browser.new_page()
                page.goto(address + path)
                yield Row(AREA, case, name, metric, round(page.evaluate(PAINT) / 1000, 3), "s")
                page.close()


@contextlib.contextmanager
def served(root: Path) -> Iterator[str]:
    """A dashboard of its own process."""
    command = [MIGRATE, "dashboard", "--port", "0"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http\S+", process.stdout.readline())
        assert found is not None
        try:
            yield found[0]
        finally:
            process.terminate()


def chromium() -> str:
    """Where Chromium is, as the tests find it."""
    import os
    import shutil

    names = (os.environ.get("CHANGEOVER_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("Chromium is not installed: apt-get install chromium, or set CHANGEOVER_CHROMIUM")
    return found
