"""What a self-test wrote: faults seeded, and which of them the gate found."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from validation.records import Record


class SeededFault(Record):
    """One fault that was seeded into one table, or why not."""

    fault: str
    table: str
    outcome: Literal["found", "missed", "not applicable", "already red"]
    what: str


class FaultCount(Record):
    """How many faults of one kind were found."""

    fault: str
    found: int
    missed: int
    not_applicable: int = Field(alias="not applicable")
    already_red: int = Field(alias="already red")


class SelfTestRecord(Record):
    """self-test.json: which seeded faults turned the gate red."""

    run: str
    made: str
    databases: dict[str, str]
    config_sha256: str
    cpu_seconds: float
    rate: float | None
    by_fault: tuple[FaultCount, ...]
    faults: tuple[SeededFault, ...]
