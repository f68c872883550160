"""`--loaded`: decorators of the project's own around Dagster's become what Dagster loaded of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shims.graph_check import graph_answer

pytestmark = pytest.mark.real


def test_one_that_fills_in_arguments_leaves_the_function_as_it_is(converted: Callable[..., Any]) -> None:
    done = converted("decorated", "--loaded")
    code = done.text("shop/definitions.py")
    assert 'def orders() -> None:\n    """The orders."""\n    print("orders")' in code
    assert 'get_run_logger().info("summary")' in code
    assert "house_asset" not in code
    assert done.notes()["summary"].startswith("what `house_asset` makes of it is written as Dagster ")


def test_one_that_wraps_is_the_body_of_the_task(converted: Callable[..., Any]) -> None:
    code = converted("decorated", "--loaded").text("shop/definitions.py")
    assert 'def _report() -> None:\n    print("report")' in code
    assert 'def report() -> None:\n    print("slow: report begins")\n    return _report()' in code


def test_the_graph_is_the_one_that_dagster_loads(converted: Callable[..., Any]) -> None:
    done = converted("decorated", "--loaded")
    assert done.record["summary"] == {"adapted": 3, "converted": 2}, done.notes()
    modules = [("shop.definitions", ".")]
    answer = graph_answer(done.project, modules, done.target, "shop.definitions:marts_job")
    assert answer.text == "equal (3 assets)", answer.differences
