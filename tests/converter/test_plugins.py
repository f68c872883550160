"""A rule from another distribution: found by its entry point, used like the package's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

RULE = '''"""`@acme.team_asset` → `@materialize`: as `@asset`."""

from dataclasses import replace

from migrate.rules import asset

RULE = replace(asset.RULE, names=("acme.team_asset", "own.decorators.team_asset"))
'''
SOURCE = """from {module} import team_asset


@team_asset(deps=["before"], owner_team="data")
def orders() -> None:
    print("orders")
"""


def run(
    tmp_path: Path, files: dict[str, str], *command: str, rule: str = RULE
) -> subprocess.CompletedProcess[str]:
    plugin = tmp_path / "plugin"
    (plugin / "acme_rules-1.0.dist-info").mkdir(parents=True)
    (plugin / "acme_rules.py").write_text(rule)
    (plugin / "acme_rules-1.0.dist-info" / "METADATA").write_text("Name: acme-rules\nVersion: 1.0\n")
    entry = "[changeover.rules]\nteam_asset = acme_rules\n"
    (plugin / "acme_rules-1.0.dist-info" / "entry_points.txt").write_text(entry)
    for path, content in files.items():
        (tmp_path / "legacy" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "legacy" / path).write_text(content)
    line = [sys.executable, "-c", "from migrate.cli import main; main()", *command]
    paths = [str(plugin), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.run(line, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=60)


def check(tmp_path: Path, done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "out" / "conversion.json").read_text())
    found = [(c["kind"], c["name"], c["rule"], c["disposition"]) for c in record["constructs"]]
    assert found == [("team_asset", "orders", "team_asset", "converted")]
    assert [u["argument"] for u in record["unread_arguments"]] == ["owner_team"]
    code = (tmp_path / "out" / "assets.py").read_text()
    assert "@materialize(" in code
    assert 'asset_deps=["asset://before"]' in code
    assert "team_asset" not in code


def test_a_decorator_of_another_library(tmp_path: Path) -> None:
    files = {"assets.py": SOURCE.format(module="acme")}
    check(tmp_path, run(tmp_path, files, "convert", "legacy", "--out", "out"))


def test_a_decorator_of_the_project_itself(tmp_path: Path) -> None:
    files = {
        "assets.py": SOURCE.format(module="own.decorators"),
        "own/__init__.py": "",
        "own/decorators.py": "def team_asset(**given):\n    return lambda function: function\n",
    }
    check(tmp_path, run(tmp_path, files, "convert", "legacy", "--out", "out"))


def test_the_list_of_rules_names_it(tmp_path: Path) -> None:
    done = run(tmp_path, {}, "rules")
    assert "team_asset" in done.stdout
    assert "as `@asset`" in done.stdout


FAILING = '''"""`@acme.broken` → nothing: a rule with a fault."""

from migrate.rules import Rule


def function(work, construct, updated):
    raise KeyError("unforeseen")


RULE = Rule(("acme.broken",), "decorator", function=function)
'''


def test_a_rule_that_fails_costs_its_construct_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "from acme import broken\nfrom dagster import asset\n\n\n@broken\ndef odd():\n    return 1\n\n\n"
        "@asset\ndef plain() -> int:\n    return 2\n"
    )
    done = run(tmp_path, {"assets.py": code}, "convert", "legacy", "--out", "out", rule=FAILING)
    record = json.loads((tmp_path / "out" / "conversion.json").read_text())
    found = {c["name"]: (c["disposition"], c["note"]) for c in record["constructs"]}
    assert found["plain"][0] == "converted", done.stderr
    assert found["odd"] == ("manual", "could not be converted: KeyError: 'unforeseen'")
    assert [e["message"] for e in record["errors"]] == ["could not be converted: KeyError: 'unforeseen'"]
    written = (tmp_path / "out" / "assets.py").read_text()
    assert "raise NotImplementedError" in written
    assert "@materialize(" in written
