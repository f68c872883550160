"""Data that a project refuses as a whole says nothing of its tests: its tables are tried by halves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from shims.foreign.dagster_checks.bench import Bench

TABLES = [f"t{number}" for number in range(9)]


@pytest.fixture
def bench() -> Any:
    """The part that plays rounds, over a project that refuses a corrupted `t5`; each table has a test."""

    class Refusing(Bench):
        def __init__(self) -> None:
            self.rounds: list[dict[str, Any]] = []

        def play(self, title: str, changes: list[Any], checks: list[Any]) -> list[tuple[Any, str]]:
            hurt = {change.table for change in changes}
            words = [
                "raised" if "t5" in hurt else "failed, error" if c.name in hurt else "passed" for c in checks
            ]
            self.rounds.append(
                {"title": title, "verdicts": {c.name: w for c, w in zip(checks, words, strict=True)}}
            )
            return list(zip(checks, words, strict=True))

    return Refusing()


def test_all_but_the_refused_table_are_judged_and_refused_rounds_are_dropped(bench: Any) -> None:
    checks = [SimpleNamespace(name=t, good="passed", flipped=False) for t in TABLES]
    bench.accepted("dbt tests", [SimpleNamespace(table=t) for t in TABLES], checks)

    assert {c.name for c in checks if not c.flipped} == {"t5"}
    assert not any("raised" in one["verdicts"].values() for one in bench.rounds)
    assert len({one["title"] for one in bench.rounds}) == len(bench.rounds)
