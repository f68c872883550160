"""Members of an enumeration by their names too, as the run configs of Dagster give them.

Written by `migrate convert`; yours to edit.

    class Paint(BaseModel):
        colour: Annotated[Colour, by_name(Colour)] = Colour.RED

`Paint(colour="RED")` and a deployment's parameters `{"colour": "RED"}` mean the same as the value of RED.
Where one member's name is another's value, the name counts.

Upstream: https://docs.pydantic.dev/latest/concepts/validators/#field-before-validator
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from pydantic import BeforeValidator


def by_name(kind: type[Enum]) -> BeforeValidator:
    """A validator for a field of `kind`: a member's name means the member, all else is left as it is."""

    def member(given: Any) -> Any:
        if isinstance(given, str) and not isinstance(given, Enum):
            return kind.__members__.get(given, given)
        return given

    return BeforeValidator(member)
