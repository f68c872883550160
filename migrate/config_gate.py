"""The sections of `migration.toml` that only a gate reads: expected tables, deliverables, waivers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from migrate.config_values import Reason, Strict, Text, Year

Number = Annotated[float, Field(allow_inf_nan=False)]


class Range(Strict):
    """The values a column may hold, both ends included; an end that is left out is open."""

    min: Number | None = None
    max: Number | None = None

    @model_validator(mode="after")
    def _can_fail(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError("a range without `min` and `max` can never fail")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("the range ends before it begins")
        return self


class TableRule(Strict):
    """What must hold of one output by itself, on both sides."""

    min_rows: Annotated[int, Field(ge=0)] | None = None
    max_rows: Annotated[int, Field(ge=0)] | None = None
    key: tuple[Text, ...] = ()
    not_null: tuple[Text, ...] = ()
    ranges: dict[Text, Range] = Field(default_factory=dict)
    years: Literal["all"] | tuple[Year, ...] = ()


class Deliverable(Strict):
    """Something a phase hands over beside code: files that say what they must, or a command that succeeds.

    `files` are paths or globs; `mentions` texts that must each stand in at least one of them, where
    `{run}` is the judged dual run's id; `min_words` counts all files together.
    """

    name: Text
    files: tuple[Text, ...] = ()
    mentions: tuple[Text, ...] = ()
    min_words: Annotated[int, Field(ge=0)] = 0
    command: tuple[Text, ...] = ()
    time_limit_seconds: Annotated[float, Field(gt=0)] = 120

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.files and not self.command:
            raise ValueError("a deliverable names `files`, a `command`, or both")
        return self


class Waiver(Strict):
    """Leave to differ: who gives it, why, for what, until when (inclusive), and how much at most.

    What for is `scope`, or for parity spelled out as `output`, `year` and `column`. `at_most` counts
    rows or cells over all that the waiver covers.
    """

    gate: Text
    scope: str = ""
    output: str = ""
    year: Year | None = None
    column: str = ""
    at_most: Annotated[int, Field(ge=1)] | None = None
    owner: Text
    reason: Reason
    expires: dt.date

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if bool(self.scope) == bool(self.output):
            raise ValueError("a waiver names either a `scope` or an `output`")
        if self.output and self.gate != "parity":
            raise ValueError("`output` is for the parity gate; name a `scope`")
        if not self.output and (self.year or self.column):
            raise ValueError("`year` and `column` go with `output`")
        return self

    @property
    def where(self) -> str:
        """The scope as a glob, `table/year/column`."""
        if self.scope:
            return self.scope
        parts = [self.output, str(self.year or "*"), *([self.column] if self.column else [])]
        return "/".join(parts if self.column or self.year else parts[:1])
