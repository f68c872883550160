"""The reference's SARIF log keeps to the standard as `sarif_rules` states it, and each rule can be broken."""

from __future__ import annotations

import copy
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrate.conversion import convert
from migrate.sarif import sarif

HERE = Path(__file__).parent


def beside(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


rules, published = beside("sarif_rules"), beside("published_sarif")


@pytest.fixture(scope="module")
def log() -> dict[str, Any]:
    return sarif(convert(HERE.parents[1] / "dagster_legacy"))


def test_the_reference_keeps_to_the_standard(log: dict[str, Any]) -> None:
    assert len(log["runs"][0]["results"]) >= 10
    assert rules.broken(json.loads(json.dumps(log))) == []


def place(log: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    return found


BROKEN: dict[str, Callable[[dict[str, Any]], Any]] = {
    "version": lambda log: log.update(version="2.0.0"),
    "unknown property": lambda log: log.update(more=1),
    "runs": lambda log: log.update(runs={}),
    "driver": lambda log: log["runs"][0]["tool"]["driver"].pop("name"),
    "rule twice": lambda log: log["runs"][0]["tool"]["driver"]["rules"][1].update(id="manual"),
    "rule's level": lambda log: log["runs"][0]["tool"]["driver"]["rules"][0]["defaultConfiguration"].update(
        level="x"
    ),
    "rule's text": lambda log: log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"].update(
        text=""
    ),
    "columns": lambda log: log["runs"][0].update(columnKind="bytes"),
    "base": lambda log: log["runs"][0]["originalUriBaseIds"]["PROJECT"].update(uri="file:///x"),
    "results": lambda log: log["runs"][0].pop("results"),
    "message": lambda log: log["runs"][0]["results"][0].update(message={}),
    "level": lambda log: log["runs"][0]["results"][0].update(level="fatal"),
    "rule index": lambda log: log["runs"][0]["results"][0].update(ruleIndex=1),
    "nowhere": lambda log: place(log).pop("artifactLocation"),
    "a space": lambda log: place(log)["artifactLocation"].update(uri="a b.py"),
    "not relative": lambda log: place(log)["artifactLocation"].update(uri="/a.py"),
    "no line": lambda log: place(log)["region"].update(startLine=0),
}


@pytest.mark.parametrize("case", BROKEN)
def test_each_rule_can_be_broken(log: dict[str, Any], case: str) -> None:
    changed = copy.deepcopy(log)
    BROKEN[case](changed)
    assert len(rules.broken(changed)) == 1


def test_a_schema_of_ones_own_judges_too(log: dict[str, Any]) -> None:
    """What `make sarif SCHEMA=file` runs, with a schema in the draft of the standard's own."""
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "required": ["version", "runs"],
        "properties": {
            "version": {"enum": ["2.1.0"]},
            "runs": {"type": "array", "items": {"required": ["tool"]}},
        },
    }
    assert published.problems(schema, log) == []
    assert published.problems(schema, {**log, "version": "2"}) == ["$.version: '2' is not one of ['2.1.0']"]
