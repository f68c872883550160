"""The corpus run loads a project and its target, compares their graphs, and says why it cannot."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from migrate import corpus
from migrate.errors import CANNOT_SAY
from shims import graph_check
from shims.corpus import graphs

PROJECT = """from dagster import Definitions, asset, define_asset_job


@asset
def one() -> int:
    return 1


@asset
def two(one: int) -> int:
    return one


defs = Definitions(assets=[one, two], jobs=[define_asset_job("both", selection="*")])
"""


def put(folder: Path, name: str, code: str) -> Path:
    (folder / name / "shop").mkdir(parents=True)
    (folder / name / "shop" / "__init__.py").touch()
    (folder / name / "shop" / "definitions.py").write_text(code)
    return folder / name


@pytest.mark.real
def test_equal_differs_and_does_not_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "projects", "good", PROJECT)
    put(tmp_path / "projects", "missing", "import not_installed_here\n" + PROJECT)
    assert corpus.main(tmp_path / "projects", tmp_path / "rows.json", graphs) == 0
    good, missing = json.loads((tmp_path / "rows.json").read_text())
    assert good["graphs"] == ["shop/definitions.py: equal (2 assets)"]
    assert "No module named 'not_installed_here'" in missing["graphs"][0]
    assert "(shop/definitions.py:1)" in missing["graphs"][0]
    table = capsys.readouterr().out
    assert [line.split()[-1] for line in table.splitlines() if "%" in line] == ["equal", "asked"]


@pytest.mark.real
def test_a_lost_asset_is_a_fault(tmp_path: Path) -> None:
    from migrate.conversion import convert

    project = put(tmp_path, "good", PROJECT)
    result = convert(project)
    path = "shop/definitions.py"
    result.files[path] = result.files[path].replace(b"asset://two", b"asset://other")
    ((where, text, bad),) = graphs(project, result)
    assert (where, bad) == (path, True)
    assert "asset two" in text


def test_a_side_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = put(tmp_path, "good", "raise RuntimeError('no data here')\n")
    line = [str(project), "--module", "shop.definitions", str(project), "--flow", "shop.definitions:x"]
    assert graph_check.main([*line, "--python", sys.executable]) == CANNOT_SAY
    assert "Dagster's side does not load: RuntimeError: no data here" in capsys.readouterr().out
