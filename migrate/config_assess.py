"""`[assess]` of migration.toml: what an assessment assumes, and what is weighed otherwise, with a reason."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from migrate.config_values import Reason, Strict, Text

Hours = Annotated[float, Field(ge=0)]


def _ordered(value: tuple[float, float]) -> tuple[float, float]:
    if value[0] > value[1]:
        raise ValueError("the lower number of hours comes first")
    return value


Range = Annotated[tuple[Hours, Hours], AfterValidator(_ordered)]


class Weigh(Strict):
    """A problem that counts for more or less here than usual."""

    weight: Literal["fix first", "condition", "note"]
    reason: Reason


class Override(Strict):
    """A verdict that somebody gives in place of the computed one."""

    verdict: Literal["go", "go with conditions", "hold", "fix Dagster first"]
    reason: Reason


class Effort(Strict):
    """Hours of one person, from and to: for one construct of each disposition, and for each phase.

    `problem_factor` scales what the detectors say that mending costs; `hours_a_day` turns hours into days.
    """

    converted: Range = (0.02, 0.1)
    adapted: Range = (0.25, 1.0)
    bridged: Range = (0.25, 1.0)
    manual: Range = (2.0, 8.0)
    undeployed: Range = (0.0, 0.1)
    dropped: Range = (0.0, 0.05)
    phase: Range = (8.0, 24.0)
    problem_factor: Annotated[float, Field(ge=0)] = 1.0
    hours_a_day: Annotated[float, Field(gt=0)] = 6.0


class Assess(Strict):
    """The whole section. `hold_at` is the share of deployed constructs that only a person can move."""

    weights: dict[Text, Weigh] = Field(default_factory=dict)
    override: Override | None = None
    effort: Effort = Effort()
    hold_at: Annotated[float, Field(gt=0, le=1)] = 0.2
