"""What can be turned: the assumptions of a simulation."""

from typing import Any

from pydantic import BaseModel, Field

from planalign.partitions import FIRST_YEAR


class SimulationConfig(BaseModel, extra="forbid"):
    """Assumptions about growth, turnover, pay and the plan. Rates are fractions: 0.03 is 3 %."""

    start_year: int = FIRST_YEAR
    random_seed: int = 42

    # headcount
    target_growth_rate: float = Field(default=0.03, description="Growth of the active headcount in a year.")
    total_termination_rate: float = Field(
        default=0.12, description="Share of the opening headcount that leaves."
    )
    new_hire_termination_rate: float = Field(
        default=0.25, description="Share of the year's hires that leave."
    )

    # pay
    cola_rate: float = 0.025
    merit_budget_pct: float = 0.035
    promotion_increase_pct: float = 0.12

    # the plan
    eligibility_waiting_days: int = 90
    auto_enroll: bool = True
    default_deferral_rate: float = 0.03
    match_rate: float = 0.50
    match_cap_pct: float = 0.06  # of pay: nothing is matched above it

    def dbt_vars(self, year: int) -> dict[str, Any]:
        """The variables of the dbt project for one year. The names are the same on both sides."""
        return {"simulation_year": year, **self.model_dump()}
