"""Great Expectations passes on what it never looked at; the gate does not believe it then."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import pytest

from migrate.errors import EvidenceError
from validation import data_docs, expectations
from validation.facts import Fact, holds

if TYPE_CHECKING:
    from pathlib import Path

GOOD = Fact("parity", "fct_pay/2025", "equal", "equal", 0.0)


@pytest.mark.parametrize("measure", [None, math.nan, math.inf, "0", True])
def test_only_a_finite_number_can_hold_even_under_a_waiver(measure: object) -> None:
    assert not holds(measure, 1.0, waived=True)


def test_each_fact_gets_its_own_verdict_and_nan_never_passes(tmp_path: Path) -> None:
    facts = [
        GOOD,
        Fact("parity", "fct_pay/2026", "equal", "different", 1.0, parts=("fct_pay/2026/bonus",)),
        Fact("budget", "CPU", "at most 1", "0.9", 0.9, limit=1.0),
        Fact("budget", "memory", "at most 1", "nothing", None),
        Fact("budget", "wall", "at most 1", "nan", math.nan),
        Fact("checks", "waived", "equal", "different", 1.0, parts=("x",)),
    ]
    judged = expectations.decide(facts, {5: "Ada: agreed"}, tmp_path / "gx", docs=False)
    assert [j.passed for j in judged] == [True, False, True, False, False, True]


def test_nothing_to_judge_is_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no fact"):
        expectations.decide([], {}, tmp_path / "gx", docs=False)


def test_an_emptied_suite_is_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expectations, "_suites", lambda facts: {"parity": []})
    with pytest.raises(EvidenceError, match="evaluated 0 expectations of 1"):
        expectations.decide([GOOD], {}, tmp_path / "gx", docs=False)


def test_a_suite_that_skips_a_fact_is_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = expectations._suites
    monkeypatch.setattr(expectations, "_suites", lambda facts: whole(facts[:1]))
    with pytest.raises(EvidenceError, match="evaluated 1 expectations of 2"):
        expectations.decide([GOOD, GOOD], {}, tmp_path / "gx", docs=False)


def test_an_expectation_that_raises_is_no_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> dict[str, Any]:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(expectations.ExpectFactToHold, "_validate", fail)
    with pytest.raises(EvidenceError, match="raised instead of deciding"):
        expectations.decide([GOOD], {}, tmp_path / "gx", docs=False)


def test_an_expectation_that_passes_everything_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        expectations.ExpectFactToHold, "_validate", lambda *_, **__: {"success": True, "result": {}}
    )
    bad = Fact("parity", "fct_pay/2025", "equal", "different", 1.0)
    with pytest.raises(EvidenceError, match="does not follow from its measure"):
        expectations.decide([bad], {}, tmp_path / "gx", docs=False)


def test_a_lost_batch_is_red_and_does_not_pass_by_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = expectations._frame
    monkeypatch.setattr(expectations, "_frame", lambda facts, waived: whole(facts, waived).iloc[:0])
    with pytest.raises(EvidenceError, match="does not follow"):
        expectations.decide([GOOD], {}, tmp_path / "gx", docs=False)


FETCHED = re.compile(r"<script|<iframe|<(?:link|img)\b|url\(\s*[\"']?https?:|@import", re.IGNORECASE)


def test_data_docs_open_offline_and_are_not_bare(tmp_path: Path) -> None:
    bad = Fact("parity", "fct_pay/2026", "equal on both sides", "different", 1.0, detail="1 row <b>lost</b>")
    expectations.decide(
        [GOOD, bad, Fact("budget", "CPU", "at most 1", "0.9", 0.9, limit=1.0)], {}, tmp_path / "gx"
    )
    site = tmp_path / "gx" / data_docs.SITE
    pages = list(site.rglob("*.html"))
    assert len(pages) == 1 + 2 * 2
    for page in pages:
        text = page.read_text()
        assert not FETCHED.search(text), page
        assert "--raised" in text  # the style sheet
        for link in re.findall(r'href="(?!#|https?:)([^"#]+)', text):
            assert (page.parent / link).exists(), (page, link)
    index = (site / "index.html").read_text()
    assert "3 expectations, 1 failed" in index
    assert "✗ failed" in index
    (result,) = site.glob("validations/parity/**/*.html")
    said = re.sub(r"<[^>]*>|\s+", " ", result.read_text())
    assert "fct_pay/2026: equal on both sides" in re.sub(" +", " ", said)
    assert "expect_fact_to_hold" not in said
    assert "1 row" in result.read_text()
