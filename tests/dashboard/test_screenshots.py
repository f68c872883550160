"""`make screenshots`: the pictures of docs/dashboard.md, of the reference with fifty dual runs."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import reference_project as data

from validation.dashboard.names import piece

MIGRATE = str(Path(sys.executable).with_name("migrate"))
DOCS = data.REPOSITORY / "docs"
SHOTS = (
    ("board", "index.html", 1280, 860, "light"),
    ("lineage", "lineage.html#asset=fct_participant_contributions&depth=1&colour=parity", 1280, 860, "light"),
    ("asset", "assets/fct_employer_match.html", 1280, 860, "light"),
    ("parity", f"parity/{data.SIX_YEARS}.html", 1280, 760, "light"),
    ("table", f"parity/{data.SIX_YEARS}/fct_employer_match.html", 1280, 860, "light"),
    ("run", f"runs/{data.SIX_YEARS}.html", 1280, 1000, "dark"),
    ("runs", "runs.html", 1280, 700, "light"),
    ("log", f"runs/{data.SECOND}/logs/{piece('dagster/side.err.log')}.html", 1280, 700, "dark"),
    ("checks", "checks.html", 1280, 700, "light"),
    ("evidence", "evidence.html", 1280, 860, "light"),
    ("bench", "bench.html", 1280, 860, "dark"),
    ("phone", "index.html", 390, 844, "dark"),
    ("phone-lineage", "lineage.html#asset=fct_employer_match&depth=1&colour=parity", 390, 844, "light"),
)


@pytest.mark.skipif(
    not os.environ.get("CHANGEOVER_SCREENSHOTS"), reason="writes into docs/: make screenshots"
)
def test_the_pictures_of_the_docs(project: Path, serve: Any, look: Any) -> None:
    prepared(project)
    address = serve(project)
    for name, path, width, height, scheme in SHOTS:
        view = look(address, width=width, scheme=scheme)
        view.page.set_viewport_size({"width": width, "height": height})
        view.go(path)
        view.page.wait_for_timeout(300)
        view.page.screenshot(path=DOCS / f"dashboard-{name}.png")


def prepared(root: Path) -> None:
    """Fifty runs, ticks of the shadow schedule, and phase 1 signed again, as its files are other ones now."""
    data.full_history(root)
    ticks(root)
    for words in (
        ("lineage", "fct_employer_match"),
        ("sign-off", "--phase", "1"),
        ("sign-off", "--phase", "1", "--approve", "--by", "R. Diaz", "--role", "data owner"),
        ("sign-off", "--phase", "3"),
    ):
        done = subprocess.run([MIGRATE, *words], cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr


def ticks(root: Path) -> None:
    """A week of ticks, one of them red."""
    code = json.loads((root / data.STATE / "runs" / data.SECOND / "run.json").read_text(encoding="utf-8"))[
        "code"
    ]
    lines = []
    for day in range(7):
        at = dt.datetime(2026, 11, 16 + day, 6, 30, tzinfo=dt.UTC).isoformat()
        outcome = "red" if day == 2 else "green"
        tick = {"at": at, "what": "tick", "side": "", "due": at, "schedule": "daily", "code": code}
        lines.append(json.dumps({**tick, "run": "", "years": "2025", "outcome": outcome, "reason": ""}))
    (root / data.STATE / "shadow.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
