"""The graph the target loads is the graph Dagster loads, or each difference is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from migrate.workspace import Workspace
from validation.evidence import SIDES
from validation.facts import Fact, naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from validation.evidence import Evidence
    from validation.records import Difference, Equivalence

GATE = "equivalence"


def facts(evidence: Evidence) -> Iterator[Fact]:
    """Facts about equivalence.json: one a kind of thing in the graph.

    Raises:
        EvidenceError: it is missing or unreadable.
    """
    found = evidence.equivalence
    file = evidence.name(Workspace.of(evidence.migration).equivalence)
    for side, then in zip(SIDES, (found.legacy_sha256, found.target_sha256), strict=True):
        yield _fresh(side, then, evidence.code_sha256(side), file)
    yield _whole(found, file)
    kinds = {_singular(kind): kind for kind in found.counts}
    kinds |= {d.what: d.what for d in found.differences if d.what not in kinds}
    for what, kind in kinds.items():
        yield _kind(kind, found.counts.get(kind), [d for d in found.differences if d.what == what], file)


def _fresh(side: str, then: str, now: str, file: str) -> Fact:
    return Fact(
        GATE,
        f"freshness: {side}",
        "a comparison of the code as it is now",
        "the same code" if then == now else "stale evidence",
        float(then != now or not now),
        detail="" if then == now else f"the code of the {side} side has changed since `migrate verify`",
        evidence=file,
    )


def _whole(found: Equivalence, file: str) -> Fact:
    """An account that compared nothing, or whose counts and list of differences disagree, proves nothing."""
    uneven = [f"{k} {a} against {b}" for k, (a, b) in found.counts.items() if a != b]
    problems = []
    if not any(left and right for left, right in found.counts.values()):
        problems.append("nothing was compared")
    if uneven and not found.differences:
        problems.append(f"counts differ ({naming(uneven)}) but no difference is listed")
    if not found.equal and not found.differences:
        problems.append("it says unequal but lists no difference")
    if found.equal and any(d.open for d in found.differences):
        problems.append("it says equal but lists differences that nobody explained")
    return Fact(
        GATE,
        "account",
        "a comparison that adds up",
        "adds up" if not problems else "does not add up",
        float(len(problems)),
        detail="; ".join(problems),
        evidence=file,
    )


def _kind(kind: str, counts: tuple[int, int] | None, differences: list[Difference], file: str) -> Fact:
    unexplained = [d for d in differences if d.open]
    sizes = f"{counts[0]} in Dagster, {counts[1]} in Prefect" if counts else "not counted"
    return Fact(
        GATE,
        kind,
        "no unexplained difference",
        f"{len(unexplained)} unexplained ({sizes})",
        float(len(unexplained)),
        detail=naming(describe(d) for d in unexplained),
        evidence=file,
        parts=tuple(f"{d.what}/{d.key}" for d in unexplained),
    )


def describe(difference: Difference) -> str:
    """One difference in words: what, which, and the value on each side."""
    left, right = _value(difference.dagster), _value(difference.prefect)
    if right == "nothing":
        return f"{difference.what} {difference.key} is missing in Prefect"
    if left == "nothing":
        return f"{difference.what} {difference.key} is in Prefect only"
    return f"{difference.what} {difference.key}: Dagster has {left}, Prefect {right}"


def _value(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _singular(kind: str) -> str:
    return kind[:-1] if kind.endswith("s") else kind
