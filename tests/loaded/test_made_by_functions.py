"""`--loaded`: what functions and loops make that reading cannot follow is written out, and does the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shims.graph_check import graph_answer

pytestmark = pytest.mark.real
LEGACY = """
import dagster as dg
from shop.definitions import defs
assert defs.get_job_def("all_job").execute_in_process().success
"""
TARGET = """
from prefect.logging import disable_run_logger
from shop import factory
for name in ("customers", "orders"):
    with disable_run_logger():
        getattr(factory, f"shop__raw_{name}").fn()
    assert getattr(factory, f"shop__raw_{name}_{name}_is_there").fn().is_completed()
"""


def run(program: str, folder: Path) -> dict[str, str]:
    """What a program writes to `out` of a folder that it is started in."""
    line = [sys.executable, "-c", program]
    environment = {"PATH": "", "DAGSTER_DISABLE_TELEMETRY": "yes", "HOME": str(folder)}
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    return {f.name: f.read_text() for f in (folder / "out").iterdir()}


def test_each_asset_is_a_function_with_what_its_closure_held(converted: Callable[..., Any]) -> None:
    done = converted("made", "--loaded")
    assert done.record["summary"] == {"adapted": 4, "converted": 4}, done.notes()
    assert done.record["unread_arguments"] == []
    told = {c["name"]: (c["line"], c["note"]) for c in done.record["constructs"]}
    line, note = told["shop__raw_orders"]
    source = (done.project / "shop" / "factory.py").read_text().splitlines()
    assert source[line - 1].strip().startswith("def built(")
    assert note.startswith("made by `make_raw` and written out as Dagster ")
    code = done.text("shop/factory.py")
    assert "make_raw" not in code
    assert "# as many lines as its name is long" in code
    assert "raw_assets = [shop__raw_customers, shop__raw_orders]" in code


def test_reading_alone_leaves_them_to_a_person(converted: Callable[..., Any]) -> None:
    assert {converted("made").dispositions()[name] for name in ("built", "there")} == {"manual"}


def test_the_graph_is_the_one_that_dagster_loads(converted: Callable[..., Any]) -> None:
    done = converted("made", "--loaded")
    modules = [("shop.definitions", ".")]
    answer = graph_answer(done.project, modules, done.target, "shop.definitions:all_job")
    assert answer.text == "equal (3 assets)", answer.differences


def test_they_write_the_same_files(converted: Callable[..., Any]) -> None:
    done = converted("made", "--loaded")
    before, after = run(LEGACY, done.project), run(TARGET, done.target)
    assert before == after
    assert before["orders.csv"] == "orders,0\norders,1\norders,2\norders,3\norders,4\norders,5\nlimit 60\n"


def test_a_closure_that_holds_no_plain_data_is_refused_by_name(converted: Callable[..., Any]) -> None:
    done = converted("refused", "--loaded")
    notes = {name: note for name, note in done.notes().items() if "not written as loaded" in note}
    assert "handle is an object of _io.StringIO" in notes["logged"], done.notes()
    assert "token is a secret, by its name" in notes["fetched"]
    assert "zone is what the environment variable SHOP_ZONE says" in notes["zoned"]
    assert {done.dispositions()[name] for name in notes} == {"manual"}
    everything = "".join(f.read_text() for f in done.target.rglob("*") if f.is_file())
    assert "s3cr3t-value" not in everything
    assert "north-west" not in everything
