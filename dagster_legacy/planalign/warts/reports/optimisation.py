"""Pay optimisation, from a branch that was merged by half."""

from dagster import asset

from planalign.resources import OptimisationSolver


@asset(group_name="optimisation")
def optimal_merit_budget(solver: OptimisationSolver) -> float:
    """The merit budget that meets the growth target. OptimisationSolver was never merged."""
    return solver.minimise("variance", start=0.035)
