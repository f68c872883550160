"""A program handed over as one file lends the project it looks into no name of ours."""

import ast
import json
import subprocess
import sys

import pytest

from shims.handed import PROGRAMS, handed

OWN = """\
import sys

import year
from dagster import Definitions, asset
from project import marker

assert not [place for place in sys.path if place.endswith(".pyz")], sys.path
asset_of_ours = asset(name=f"{marker}_{year.marker}")(lambda: None)
defs = Definitions(assets=[asset_of_ours])
"""


@pytest.mark.real
def test_a_project_may_call_its_modules_as_ours_are_called(tmp_path):
    root, out = tmp_path / "root", tmp_path / "dump.json"
    root.mkdir()
    (root / "main.py").write_text(OWN)
    for name in ("year", "project"):
        (root / f"{name}.py").write_text(f"marker = '{name}'\n")
    line = [sys.executable, handed("dagster_probe", tmp_path), "--root", str(root)]
    subprocess.run([*line, "--module", "main", "--out", str(out)], check=True, timeout=120)
    assert [a["key"] for a in json.loads(out.read_text())["assets"]] == ["project_year"]


def test_what_runs_in_the_legacy_interpreter_is_python_3_8():
    for file in PROGRAMS.rglob("*.py"):
        if not file.parent.name.startswith("prefect_"):
            ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 8))
