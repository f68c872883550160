"""`migrate convert --loaded`: what reading cannot tell is written as Dagster loads it, and only that."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from shims.graph_check import graph_answer

pytestmark = pytest.mark.real


def test_what_reading_tells_stays_as_it_is_written(converted: Callable[..., Any]) -> None:
    done = converted("untold", "--loaded")
    assert done.dispositions()["report"] == done.dispositions()["report_job"] == "converted"
    assert "'tier:gold'" in done.text("shop/definitions.py").replace('"', "'")
    before = converted("untold")
    assert before.dispositions()["report"] == "converted"


def test_everything_is_told_and_says_so(converted: Callable[..., Any]) -> None:
    before, after = converted("untold"), converted("untold", "--loaded")
    assert before.record["summary"]["manual"] == 10
    assert after.record["summary"] == {"adapted": 9, "converted": 3}, after.notes()
    told = {name: note for name, note in after.notes().items() if "loaded" in note}
    assert set(told) == set(before.dispositions()) - {"report", "report_job", "defs"}
    assert "0 3 * * *" in told["nightly"]
    assert "4 assets and 1 check" in told["marts_job"]


def test_a_refusal_names_the_way(converted: Callable[..., Any]) -> None:
    refused = [c for c in converted("untold").record["constructs"] if c["disposition"] == "manual"]
    assert refused
    assert all("--loaded" in c["remedy"] for c in refused)


def test_the_graph_is_the_one_that_dagster_loads(converted: Callable[..., Any]) -> None:
    done = converted("untold", "--loaded")
    answer = graph_answer(
        done.project, [("shop.definitions", ".")], done.target, "shop.definitions:marts_job"
    )
    assert answer.text == "equal (5 assets)", answer.differences


def test_the_answer_is_kept_and_the_project_not_loaded_again(
    converted: Callable[..., Any], at_once: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = converted("untold", "--loaded")
    kept = json.loads(done.text("loaded.json"))
    assert list(kept["parts"]) == [""]
    assert kept["parts"][""]["versions"]["dagster"]
    assert str(done.project) not in done.text("loaded.json")

    def never(*given: object) -> None:
        raise AssertionError("loaded again")

    monkeypatch.setattr("shims.loaded.load", never)
    log = done.project.parent / "log.sarif"  # asked for, the target's own record is no answer
    again = at_once("convert", done.project, "--out", done.target, "--loaded", "--check", "--sarif", log)
    assert again.returncode == 0, again.stdout + again.stderr
    (done.project / "README.md").write_text("the source changed")
    with pytest.raises(AssertionError, match="loaded again"):
        at_once("convert", done.project, "--out", done.target, "--loaded", "--check")
    (done.project / "README.md").unlink()


def test_a_project_that_does_not_load_is_told_and_nothing_written(
    converted: Callable[..., Any], at_once: Callable[..., Any]
) -> None:
    done = converted("untold")
    file = done.project / "shop" / "where.py"
    text = file.read_text()
    file.write_text(text.replace("import sqlite3", "import no_such_database"))
    out = done.project.parent / "never"
    failed = at_once("convert", done.project, "--out", out, "--loaded")
    file.write_text(text)
    assert failed.returncode == 2
    assert not out.exists()
    assert "No module named 'no_such_database'" in failed.stderr
    assert "where.py:4" in failed.stderr
    assert "--legacy-python" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_an_interpreter_that_is_none_is_told(
    converted: Callable[..., Any], at_once: Callable[..., Any]
) -> None:
    done = converted("untold")
    out = done.project.parent / "never"
    options = ("--loaded", "--legacy-python", "no/such/python")
    failed = at_once("convert", done.project, "--out", out, *options)
    assert failed.returncode == 2
    assert not out.exists()
    assert "no/such/python cannot be started" in failed.stderr
