"""docs/parity.md: each rule is shown by cases, and the matrix says of them what the rule does."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_each_rule_is_shown_by_cases() -> None:
    shown = [
        line.strip("| ").split(" | ") for line in (DOCS / "parity-matrix.md").read_text("utf-8").splitlines()
    ]
    said = {cells[0]: cells[1] for cells in shown if len(cells) > 2}
    rules = (DOCS / "parity.md").read_text("utf-8").partition("## Rules")[2].partition("## Settings")[0]
    found = 0
    for line in rules.splitlines():
        cells = line.split("|")
        if len(cells) == 6:
            for cell, word in ((cells[3], "found"), (cells[4], "quiet")):
                for name in re.findall(r"`([^`]+)`", cell):
                    assert said.get(name) == word, name
                    found += 1
    assert found > 50
