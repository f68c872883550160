"""What needs a person as SARIF: the parts the standard requires, and an entry for each finding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = """from dagster import asset


@asset(name=compute())
def one() -> int:
    return 1


@asset(surprise=1)
def two() -> int:
    return 1
"""


@pytest.fixture
def log(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "legacy" / "a folder").mkdir(parents=True)
    (tmp_path / "legacy" / "a folder" / "code.py").write_text(SOURCE)
    (tmp_path / "legacy" / "broken.py").write_text("import dagster\nx = (\n")
    command = ["convert", str(tmp_path / "legacy"), "--out", str(tmp_path / "out"), "--sarif"]
    line = [sys.executable, "-c", "from migrate.cli import main; main()", *command, str(tmp_path / "x.sarif")]
    assert subprocess.run(line, capture_output=True, timeout=60).returncode == 1
    found: dict[str, Any] = json.loads((tmp_path / "x.sarif").read_text())
    return found


def test_what_the_standard_requires(log: dict[str, Any]) -> None:
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note", "none")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        uri = place["artifactLocation"]["uri"]
        assert not uri.startswith("/")
        assert ":" not in uri
        assert " " not in uri


def test_each_finding_is_an_entry_at_its_line(log: dict[str, Any]) -> None:
    found = {
        (r["ruleId"], p["artifactLocation"]["uri"], p["region"]["startLine"])
        for r in log["runs"][0]["results"]
        for p in (r["locations"][0]["physicalLocation"],)
    }
    assert ("unread", "a%20folder/code.py", 9) in found
    assert any(rule == "unreadable" and uri == "broken.py" for rule, uri, _ in found)
    assert any(rule == "manual" and uri == "a%20folder/code.py" for rule, uri, _ in found)
