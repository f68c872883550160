"""What can be turned: the assumptions of a simulation."""

from typing import Any

from pydantic import BaseModel, Field

from planalign.partitions import FIRST_YEAR, LAST_YEAR


class YearWindow(BaseModel, extra="forbid"):
    """Which years to simulate, in one run."""

    start_year: int = Field(
        default=FIRST_YEAR, ge=FIRST_YEAR, le=LAST_YEAR, description="First year to simulate."
    )
    end_year: int = Field(
        default=2027, ge=FIRST_YEAR, le=LAST_YEAR, description="Last year to simulate, included."
    )


class SimulationConfig(BaseModel, extra="forbid"):
    """Assumptions about growth, turnover, pay and the plan. Rates are fractions: 0.03 is 3 %."""

    start_year: int = Field(
        default=FIRST_YEAR, ge=FIRST_YEAR, le=LAST_YEAR, description="Year of the census."
    )
    random_seed: int = Field(default=42, ge=0, le=2**31 - 1, description="Another seed is another workforce.")

    # headcount
    target_growth_rate: float = Field(
        default=0.03, ge=-0.5, le=1, description="Growth of the active headcount in a year."
    )
    total_termination_rate: float = Field(
        default=0.12, ge=0, le=1, description="Share of the opening headcount that leaves."
    )
    new_hire_termination_rate: float = Field(
        default=0.25, ge=0, le=1, description="Share of the year's hires that leave."
    )

    # pay
    cola_rate: float = Field(default=0.025, ge=0, le=0.5, description="Raise of everybody, for prices.")
    merit_budget_pct: float = Field(default=0.035, ge=0, le=0.5, description="Raise for merit, on average.")
    promotion_increase_pct: float = Field(default=0.12, ge=0, le=1, description="Raise with a promotion.")

    # the plan
    eligibility_waiting_days: int = Field(default=90, ge=0, le=3650, description="Days until one may join.")
    auto_enroll: bool = Field(default=True, description="Whether who does nothing is enrolled.")
    default_deferral_rate: float = Field(
        default=0.03, ge=0, le=1, description="Share of pay put aside by who is enrolled so."
    )
    match_rate: float = Field(default=0.50, ge=0, le=2, description="What the employer adds to each dollar.")
    # of pay: nothing is matched above it
    match_cap_pct: float = Field(default=0.06, ge=0, le=1, description="Share of pay that is matched.")

    def dbt_vars(self, year: int) -> dict[str, Any]:
        """The variables of the dbt project for one year. The names are the same on both sides."""
        return {"simulation_year": year, **self.model_dump()}
