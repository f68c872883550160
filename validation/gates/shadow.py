"""The shadow schedule has been green for as many ticks in a row as the phase asks for, on today's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrate.workspace import Workspace
from shims.shadow_ledger import read_ticks, streak
from validation.evidence import SIDES
from validation.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence

GATE = "shadow"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """One fact: how many ticks of the legacy's schedule were green in a row."""
    wanted = evidence.phase.green_ticks
    if not wanted:
        yield Fact(GATE, "green ticks", "none asked for (green_ticks)", "none needed", 0.0, asked=False)
        return
    file = Workspace.of(evidence.migration).shadow
    code = {side: evidence.code_sha256(side) for side in SIDES}
    count, ended = streak(read_ticks(file), code)
    yield Fact(
        GATE,
        "green ticks",
        f"the last {wanted} ticks green",
        f"{count} in a row",
        float(max(0, wanted - count)),
        detail="" if count >= wanted else ended,
        evidence=evidence.name(file),
    )
