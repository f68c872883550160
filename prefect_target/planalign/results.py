"""What the simulation reports about a year."""

from dataclasses import dataclass


class YearIsIncomplete(Exception):
    """A year was simulated, and what it left in the database does not add up."""


@dataclass(frozen=True)
class YearResult:
    year: int
    active: int
    terminated: int
    hired: int
    growth_rate: float

    def line(self) -> str:
        return f"{self.year}: {self.active} active, {self.hired} hired, growth {self.growth_rate:+.1%}"
