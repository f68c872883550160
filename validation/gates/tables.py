"""The tables by themselves, on both sides: rows, keys, ranges, years, as migration.toml asks.

Parity says that both sides agree; these facts say that what they agree on can be right. Everything is
counted in DuckDB; Great Expectations gets the counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.config_gate import TableRule
from migrate.errors import EvidenceError
from validation.evidence import SIDES
from validation.facts import Fact, naming
from validation.table_rules import Measured, measures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence

GATE = "tables"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about each side's tables.

    Raises:
        EvidenceError: a database cannot be opened.
    """
    databases = {side: evidence.database(side) for side in SIDES}
    for side, database in databases.items():
        if database is None or not database.exists():
            yield Fact(GATE, f"{side}: tables", "a database to look at", "none", None)
            return
    if evidence.same_file:
        yield Fact(GATE, "tables", "two databases to look at", "one file named twice", 1.0)
        return
    if not rules(evidence):
        yield Fact(GATE, "rules", "none asked for: [outputs.tables]", "none", 0.0, asked=False)
    for side, database in databases.items():
        assert database is not None
        file = evidence.name(database)
        yield from (_fact(side, found, file) for found in _measured(evidence, side))


def rules(evidence: Evidence) -> dict[str, TableRule]:
    """What is asked of each table: its own section, and the key that the comparison was told."""
    outputs = evidence.migration.outputs
    asked = {name: TableRule(key=key) for name, key in outputs.keys.items()}
    for name, rule in outputs.tables.items():
        key = rule.key or outputs.keys.get(name, ())
        asked[name] = rule.model_copy(update={"key": key})
    return asked


def _measured(evidence: Evidence, side: str) -> list[Measured]:
    database = evidence.database(side)
    assert database is not None
    try:
        return measures(database, evidence.migration.outputs, evidence.phase, rules(evidence))
    except EvidenceError as problem:
        return [Measured("tables", "a readable database", "none", None, problem.cause)]


def _fact(side: str, found: Measured, file: str) -> Fact:
    return Fact(
        GATE,
        f"{side}: {found.subject}",
        found.expected,
        found.observed,
        found.off,
        detail=naming(found.wrong) if not isinstance(found.wrong, str) else found.wrong,
        evidence=file,
        parts=(found.part,) if found.off and found.part else (),
        sizes=(int(found.off),) if found.off and found.part else (),
    )
