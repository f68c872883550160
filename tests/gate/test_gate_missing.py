"""Evidence that is missing or unreadable: the gate cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Project


def _no_conversion(project: Project) -> None:
    (project.root / "new" / "conversion.json").unlink()


def _torn(project: Project) -> None:
    (project.root / ".changeover" / "equivalence.json").write_text('{"schema": 1, "equal"')


def _no_database(project: Project) -> None:
    (project.run / "prefect/out/tiny.duckdb").unlink()


def _no_probe(project: Project) -> None:
    project.edit("run", lambda run: run.update(parameters=None))


def _no_cost(project: Project) -> None:
    project.edit("run", lambda run: run["sides"]["dagster"].update(cpu_seconds=float("nan")))


@pytest.mark.parametrize(
    ("breakage", "gate"),
    [
        (_no_conversion, "conversion"),
        (_torn, "equivalence"),
        (_no_database, "dual-run"),
        (_no_probe, "parameters"),
        (_no_cost, "budget"),
    ],
)
def test_evidence_that_is_missing_or_unreadable_leaves_no_answer(
    project: Project, breakage: Callable[[Project], None], gate: str
) -> None:
    breakage(project)
    decision = project.decide()
    assert decision.verdict == "cannot_say"
    assert any(j.fact.gate == gate and not j.fact.measured and not j.passed for j in decision.judged)
