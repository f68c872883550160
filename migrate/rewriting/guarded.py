"""A rule that fails on one construct: it is refused, and the rest of the file is converted all the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.work import Work

Produced = Sequence[cst.BaseStatement]
FAILED = "could not be converted: "


def guarded(
    work: Work, construct: Construct, make: Callable[[], Produced], refuse: Callable[[Manual], Produced]
) -> Produced:
    """What a rule makes of a construct; what stands in its place when the rule itself fails."""
    try:
        return list(make())
    except Exception as problem:  # one construct must never stop the others
        message = _noted(work, construct.line, problem)
        return list(refuse(Manual(message, "Convert this by hand.")))


def guarded_value(
    work: Work, make: Callable[[], cst.BaseExpression | None], line: int = 1
) -> cst.BaseExpression | None:
    """A value as its rule writes it; None, which leaves it to be refused by name, when the rule fails."""
    try:
        return make()
    except Exception as problem:  # as above
        _noted(work, line, problem)
        return None


def _noted(work: Work, line: int, problem: Exception) -> str:
    message = f"{FAILED}{type(problem).__name__}: {problem}"
    work.failures.append((line, message))
    return message
