"""A rule that fails while a construct is read costs that construct, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert
from migrate.reading.constructs import Construct
from migrate.reading.units import Unit
from migrate.rules import rule_for

SHOP = """from dagster import Definitions, asset


@asset
def orders():
    return 1


@asset
def invoices():
    return 2


defs = Definitions(assets=[orders, invoices])
"""


def test_the_rest_is_converted_and_the_failure_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = rule_for("dagster.asset")
    assert found is not None
    read: Any = found.rule.unit

    def failing(model: Any, construct: Construct, scope: Any) -> Unit:
        if construct.name == "orders":
            raise TypeError("nobody thought of this")
        unit: Unit = read(model, construct, scope)
        return unit

    with monkeypatch.context() as patched:
        patched.setattr(
            type(found.rule), "unit", property(lambda rule: failing if rule is found.rule else None)
        )
        (tmp_path / "shop.py").write_text(SHOP)
        made = convert(tmp_path)
    assert {e.construct.name: type(e.outcome).__name__ for e in made.entries} == {
        "orders": "Manual",
        "invoices": "Converted",
        "defs": "Converted",
    }
    (problem,) = made.errors
    assert (problem.file, problem.line) == ("shop.py", 5)
    assert "orders could not be read: TypeError: nobody thought of this" in problem.message
