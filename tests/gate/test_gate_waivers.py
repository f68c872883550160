"""A waiver covers what it names until its last day, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from migrate.config import load
from migrate.errors import ConfigError

if TYPE_CHECKING:
    from conftest import Project

WAIVER = """
[[waivers]]
gate = "{gate}"
scope = "{scope}"
owner = "{owner}"
reason = "agreed in the review"
expires = {expires}
"""


def waived(project: Project, **change: str) -> None:
    fields = {"gate": "parity", "scope": "fct_pay/*/bonus", "owner": "Ada", "expires": "2025-12-31"} | change
    project.settings(WAIVER.format(**fields))


def test_a_waiver_covers_its_column_and_nothing_else(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2026")
    waived(project)
    decision = project.decide()
    assert decision.verdict == "green"
    assert decision.grants[0].covers == ("fct_pay/2026",)
    project.sql("prefect", "update fct_pay set pay = 1 where employee = 'E8' and simulation_year = 2026")
    (failed,) = [j.fact for j in project.decide().judged if not j.passed]
    assert (failed.gate, failed.subject) == ("parity", "fct_pay/2026")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"expires": "2025-05-31"}, "expired on 2025-05-31"),
        ({"owner": " "}, "no owner"),
        ({"scope": "*"}, "scope is everything"),
        ({"gate": "dual-run"}, "cannot be waived"),
    ],
)
def test_a_waiver_that_counts_for_nothing(project: Project, change: dict[str, str], word: str) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where employee = 'E7' and simulation_year = 2026")
    waived(project, **change)
    failed = [j.fact for j in project.decide().judged if not j.passed]
    assert [fact.gate for fact in failed] == ["parity", "waivers"]
    assert word in f"{failed[1].subject}: {failed[1].message}"


def test_a_waiver_without_owner_is_refused_by_the_settings(project: Project) -> None:
    project.settings(WAIVER.format(gate="parity", scope="x", owner="", expires="2025-12-31"))
    with pytest.raises(ConfigError, match="owner"):
        load(project.config)


def test_an_unused_waiver_is_a_finding(project: Project) -> None:
    waived(project)
    decision = project.decide()
    assert decision.verdict == "green"
    assert any("fct_pay/*/bonus (Ada) covers nothing" in finding for finding in decision.findings)


def test_the_last_day_of_a_waiver_counts(project: Project) -> None:
    project.sql("prefect", "update fct_pay set bonus = 99 where simulation_year = 2026")
    waived(project)
    assert project.decide(dt.date(2025, 12, 31)).verdict == "green"
    assert project.decide(dt.date(2026, 1, 1)).verdict == "red"
