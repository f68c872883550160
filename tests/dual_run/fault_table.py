"""The fault table of docs/dual-run-faults.md, from what the fault tests observed.

Each fault test hands over what it saw (`noted`); that must be what `faults.json` says, or, with
CHANGEOVER_WRITE_FAULTS=1, becomes it (`make faults`). The page is rendered from `faults.json`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROWS = HERE / "faults.json"
PAGE = HERE.parents[1] / "docs" / "dual-run-faults.md"
WHOLE = {"headcount": 1, "pay": 3}
"""Rows a year of the tiny project's tables."""
HEAD = """\
# What a fault does to a dual run

Made by `make faults` from what the tests in `tests/dual_run/` observed: each fault is injected for real into
a small project, and a test fails when something else happens than this page says.

| fault | in | what was recorded | the other side | exit code | lost |
|---|---|---|---|---|---|
"""


def observed(
    record: dict[str, Any], fault: str, side: str, exit_code: int, *, too: bool = False
) -> dict[str, Any]:
    """A row out of run.json; `too`: the other side was hurt in the same run."""
    hurt, other = record["sides"][side], record["sides"]["prefect" if side == "dagster" else "dagster"]
    lost = "nothing" if whole(other, record["years"]) else f"the other side's rows: {other['reason']}"
    return {
        "fault": fault,
        "side": side,
        "recorded": f"{hurt['status']}{': ' if hurt['reason'] else ''}{plain(hurt['reason'])}",
        "other": "hurt too" if too else other["status"],
        "exit": exit_code,
        "lost": "nothing of the other side's" if too else lost,
    }


def whole(side: dict[str, Any], years: list[int]) -> bool:
    """Whether a side wrote all rows of all years."""
    wanted = {table: {str(year): rows for year in years} for table, rows in WHOLE.items()}
    return side["status"] == "succeeded" and {o["table"]: o["years"] for o in side["outputs"]} == wanted


def plain(reason: str) -> str:
    """A reason without what differs from machine to machine."""
    text = re.sub(r"/[\w./-]{12,}", "…", reason.partition(" | ")[0])
    text = re.sub(r"held [\d,]+ MB", "held more", text)
    return text if len(text) < 140 else f"{text[:139]}…"


def check(row: dict[str, Any], write: bool) -> None:
    """Compare a row with the committed one, or write it."""
    rows = read()
    key = (row["fault"], row["side"])
    if write:
        kept = [r for r in rows if (r["fault"], r["side"]) != key]
        kept.append(row)
        kept.sort(key=lambda r: (r["side"], r["fault"]))
        ROWS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        PAGE.write_text(page(kept), encoding="utf-8")
        return
    (known,) = [r for r in rows if (r["fault"], r["side"]) == key] or [{}]
    assert row == known, (
        "what happened is not what docs/dual-run-faults.md says: `make faults`, and look at it"
    )


def read() -> list[dict[str, Any]]:
    """The committed rows."""
    rows: list[dict[str, Any]] = json.loads(ROWS.read_text(encoding="utf-8")) if ROWS.exists() else []
    return rows


def page(rows: list[dict[str, Any]]) -> str:
    """The page that these rows make."""
    cells = ("fault", "side", "recorded", "other", "exit", "lost")
    lines = [" | ".join(str(row[cell]).replace("|", "\\|") for cell in cells) for row in rows]
    return HEAD + "".join(f"| {line} |\n" for line in lines)


def named() -> set[tuple[str, str]]:
    """The (fault, side) pairs that tests hand over, read from their text."""
    call = re.compile(r'noted\(\s*"([^"]+)",\s*"(\w+)"')
    return {
        pair for file in HERE.glob("test_*.py") for pair in call.findall(file.read_text(encoding="utf-8"))
    }
