"""The rules of the verdict, one after the other, and what settings change."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from migrate.assess.effort import Line, lines_of, nature, total
from migrate.assess.finding import Evidence, Finding, Weight
from migrate.assess.verdict import Counted, decide
from migrate.config_assess import Assess, Effort

ALL = Counted(deployed=10, manual=0, unread=0)


def finding(weight: Weight, places: int = 1) -> Finding:
    evidence = tuple(Evidence("a.py", n + 1, "seen") for n in range(places))
    return Finding("clock", "years", weight, "Values", "means", "lifts", evidence, (1, 2))


@pytest.mark.parametrize(
    ("findings", "counted", "word"),
    [
        ([], ALL, "go"),
        ([finding("note")], ALL, "go"),
        ([finding("condition")], ALL, "go with conditions"),
        ([], Counted(10, 1, 0), "go with conditions"),
        ([], Counted(10, 2, 0), "hold"),
        ([], Counted(10, 0, 1), "hold"),
        ([], Counted(0, 0, 0), "hold"),
        ([finding("fix first")], Counted(0, 0, 1), "fix Dagster first"),
    ],
)
def test_the_first_rule_that_applies(findings: list[Finding], counted: Counted, word: str) -> None:
    assert decide(findings, counted, Assess()).word == word


def test_each_condition_names_what_lifts_it() -> None:
    verdict = decide([finding("condition"), finding("note")], Counted(10, 1, 0), Assess())
    assert [c.problem for c in verdict.conditions] == ["clock", "manual"]
    assert all(c.lifts for c in verdict.conditions)


def test_an_override_shows_what_the_rules_say() -> None:
    settings = Assess.model_validate({"override": {"verdict": "go", "reason": "the owners accepted it"}})
    verdict = decide([finding("fix first")], ALL, settings)
    assert (verdict.word, verdict.computed) == ("go", "fix Dagster first")
    assert verdict.reason == "the owners accepted it"


def test_an_override_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="reason"):
        Assess.model_validate({"override": {"verdict": "go"}})


def test_the_share_that_holds_can_be_set() -> None:
    assert decide([], Counted(10, 2, 0), Assess(hold_at=0.5)).word == "go with conditions"


def test_the_arithmetic_is_shown() -> None:
    line = Line("constructs adapted", 12, (0.25, 1.0))
    assert line.said == "12 × 0.25–1 h = 3.0–12.0 h"


def test_assumptions_change_the_sum() -> None:
    constructs = [{"disposition": "manual", "rule": "asset"}, {"disposition": "converted", "rule": "asset"}]
    usual = total(lines_of(constructs, [finding("condition", 3), finding("note", 9)], 2, Effort()))
    assert usual == pytest.approx((2 + 0.02 + 3 * 1 + 2 * 8, 8 + 0.1 + 3 * 2 + 2 * 24))
    dear = total(
        lines_of(constructs, [finding("condition", 3)], 2, Effort(manual=(10, 20), problem_factor=0))
    )
    assert dear == pytest.approx((10 + 0.02 + 16, 20 + 0.1 + 48))


def test_the_lower_number_comes_first() -> None:
    with pytest.raises(ValidationError, match="lower number"):
        Effort.model_validate({"manual": [3, 1]})


@pytest.mark.parametrize(
    ("disposition", "rule", "kind"),
    [
        ("converted", "asset", "mechanical"),
        ("adapted", "sensor", "judgement"),
        ("manual", "sensor", "redesign"),
        ("manual", "", "none"),
        ("undeployed", "asset", ""),
    ],
)
def test_what_kind_of_work(disposition: str, rule: str, kind: str) -> None:
    assert nature({"disposition": disposition, "rule": rule}) == kind
