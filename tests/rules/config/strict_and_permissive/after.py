from pydantic import BaseModel, Field


class Prices(BaseModel, extra="forbid"):
    """What gold costs."""

    # an ounce
    gold: float = Field(default=1900.0, description="Per ounce.")


class Anything(BaseModel, extra="allow"):
    year: int
