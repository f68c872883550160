"""What every section of `migration.toml` is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, Field(min_length=1)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words that a person has to give: blanks are none."""
Year = Annotated[int, Field(ge=1, le=9999)]


class Strict(BaseModel):
    """A section: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)
