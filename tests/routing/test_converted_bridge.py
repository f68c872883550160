"""`convert --bridge`, run for real: what no rule converts is done by Dagster, in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real
MIXED = Path(__file__).parent / "projects" / "mixed"
RUN = """
import sys
sys.path.insert(0, "target")
from mixed.definitions import close_year
state = close_year(partition_key="2025", return_state=True)
sys.exit(0 if state.is_completed() else 1)
"""


def test_a_bridged_asset_and_its_check_feed_what_was_converted(tmp_path, api, copying, path_of):
    root = copying(MIXED, tmp_path / "mixed")
    mixed = path_of(root, {"MIXED_STORE": "{out}/store"})
    assert "2 manual" in mixed.migrate("convert", "legacy", "--out", "target").stdout
    assert "2 bridged" in mixed.yes("convert", "legacy", "--out", "target", "--bridge")
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=root,
        env=mixed.environment("run"),
        capture_output=True,
        text=True,
        timeout=300,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-3000:]
    # The asset's own log line, from Dagster's process; who ran what, and where its source stands.
    assert "Dagster runs orders [2025] (mixed/definitions.py:32)" in said
    assert "made by step orders" in said
    assert "Dagster runs orders orders_ok [2025]" in said
    assert "check passed: asset://orders orders_ok" in said
    # Values went both ways, though each side's default store is its own: to Dagster (2025 and 3), and back.
    stored = {file.stem: json.loads(file.read_text()) for file in (tmp_path / "run" / "store").glob("*.json")}
    assert stored == {"total": 2028}
