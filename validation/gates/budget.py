"""The target's CPU seconds stay within the phase's budget, as a ratio to the legacy's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from validation.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence

GATE = "budget"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """One fact, side against side; the server is named apart, as Dagster's daemon is not counted either."""
    file, limit = evidence.name(evidence.folder / "run.json"), evidence.phase.cpu_ratio
    left, right = evidence.side("dagster"), evidence.side("prefect")
    ratio = quotient(right.cpu_seconds, left.cpu_seconds)
    if ratio is None:
        observed = f"{left.cpu_seconds} s in Dagster, {right.cpu_seconds} s in Prefect"
        yield Fact(GATE, "CPU seconds", "a measure of both sides", observed, None, limit, evidence=file)
        return
    server = right.server_cpu_seconds or 0.0
    whole = quotient((right.cpu_seconds or 0.0) + server, left.cpu_seconds)
    yield Fact(
        GATE,
        "CPU seconds",
        f"at most {limit:.2f} of the legacy's",
        f"{ratio:.2f} ({right.cpu_seconds:.1f} s against {left.cpu_seconds:.1f} s)",
        ratio,
        limit,
        detail=f"with the Prefect server's {server:.1f} s it is {whole:.2f}",
        evidence=file,
        parts=("cpu",),
    )


def quotient(part: float | None, whole: float | None) -> float | None:
    """`part / whole`, None when either was not measured: no work at all is no measurement."""
    if not part or not whole or part < 0 or whole < 0:
        return None
    return part / whole
