"""What happened in a year, and whether it adds up."""

from planalign.resources import WorkforceDatabase
from prefect_support.validations import CheckResult, Severity, validation


@validation("asset://fct_yearly_events", blocking=True)
def events_fall_in_their_year(database: WorkforceDatabase) -> CheckResult:
    strays = database.count(
        "select count(*) from fct_yearly_events where year(effective_date) <> simulation_year"
    )
    return CheckResult(passed=strays == 0, metadata={"events": strays})


@validation("asset://fct_yearly_events")
def nobody_leaves_twice(database: WorkforceDatabase) -> CheckResult:
    """One termination an employee, over all years: who has left does not come back."""
    twice = database.count(
        """
        select count(*) from (
            select employee_id
            from fct_yearly_events
            where event_type in ('termination', 'new_hire_termination')
            group by employee_id
            having count(*) > 1
        )
        """
    )
    return CheckResult(passed=twice == 0, metadata={"employees": twice})


@validation("asset://fct_yearly_events")
def raises_are_spread_over_the_year(database: WorkforceDatabase) -> CheckResult:
    """Raises follow the raise calendar. All on one day means that the calendar was not read."""
    with database.connect(read_only=True) as connection:
        rows = connection.execute(
            """
            select simulation_year, count(distinct effective_date)
            from fct_yearly_events
            where event_type = 'raise'
            group by simulation_year
            order by simulation_year
            """
        ).fetchall()
    dates = {str(year): int(count) for year, count in rows}
    return CheckResult(
        passed=bool(dates) and min(dates.values()) > 1,
        severity=Severity.WARN,
        metadata={"dates": dates},
    )


@validation("asset://fct_headcount_walk", description="Opening plus hires minus leavers is closing.")
def headcount_walk_reconciles(database: WorkforceDatabase) -> CheckResult:
    wrong = database.count(
        "select count(*) from fct_headcount_walk where opening + hires - terminations <> closing"
    )
    return CheckResult(passed=wrong == 0, metadata={"years": wrong})


@validation("asset://fct_headcount_walk")
def closing_headcount_is_in_the_snapshot(database: WorkforceDatabase) -> CheckResult:
    difference = database.count(
        """
        select sum(abs(walk.closing - coalesce(snapshot.active, 0)))
        from fct_headcount_walk as walk
        left join (
            select simulation_year, count(*) as active
            from fct_workforce_snapshot
            where employment_status = 'active'
            group by simulation_year
        ) as snapshot using (simulation_year)
        """
    )
    return CheckResult(passed=difference == 0, metadata={"difference": difference})


event_checks = [
    events_fall_in_their_year,
    nobody_leaves_twice,
    raises_are_spread_over_the_year,
    headcount_walk_reconciles,
    closing_headcount_is_in_the_snapshot,
]
