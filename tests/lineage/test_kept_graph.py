"""The stored graph is the answer while the files hold the same; code is read again only when it changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from migrate.config import load
from migrate.lineage.project import lineage_of

SETTINGS = """schema = 1
name = "shop"
[legacy]
root = "shop"
module = "shop"
job = "all"
[target]
root = "target"
flow = "shop:all"
[outputs]
database = "{side}/x.duckdb"
[phases.1]
title = "all"
years = [2025]
expect_tables = 1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(Path(__file__).parent / "shop", tmp_path / "shop")
    (tmp_path / "migration.toml").write_text(SETTINGS)
    return tmp_path


def files_read(folder: Path) -> list[str]:
    read: list[str] = []
    lineage_of(load(folder), read.append)
    return read


def test_code_is_read_once_while_no_file_changes(folder: Path) -> None:
    assert files_read(folder)
    assert files_read(folder) == []
    for file in (folder / "shop").rglob("*"):
        os.utime(file, (1, 1))  # as after a checkout: other times, the same contents
    assert files_read(folder) == []
    run = folder / ".changeover" / "runs" / "r" / "run.json"
    run.parent.mkdir(parents=True)
    run.write_text("{}")
    assert files_read(folder) == [], "a run makes no other graph"


@pytest.mark.parametrize("changed", ["shop/shop/assets.py", "shop/dbt/models/marts/sales.sql"])
def test_a_changed_file_is_read_again(folder: Path, changed: str) -> None:
    assert files_read(folder)
    file = folder / changed
    text, before = file.read_text(), file.stat()
    file.write_text(text[:-1] + "#" if changed.endswith(".py") else text.replace("total", "toTal"))
    assert file.stat().st_size == before.st_size
    assert files_read(folder)
