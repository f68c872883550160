"""The workforce snapshot: everything that leaves this project is made of it.

The checks look at every year in the table, not only at the one that ran: a year that was fine
last week can be spoilt by a clean-up today.
"""

from planalign.resources import WorkforceDatabase
from prefect_support.validations import CheckResult, Severity, validation

SNAPSHOT = "asset://fct_workforce_snapshot"


@validation(SNAPSHOT, blocking=True)
def snapshot_has_active_employees(database: WorkforceDatabase) -> CheckResult:
    """Every simulated year ends with somebody at work."""
    with database.connect(read_only=True) as connection:
        years = connection.execute(
            """
            select simulation_year, count(*) filter (where employment_status = 'active')
            from fct_workforce_snapshot
            group by simulation_year
            order by simulation_year
            """
        ).fetchall()
    active = {str(year): int(count) for year, count in years}
    return CheckResult(passed=bool(active) and all(active.values()), metadata={"active": active})


@validation(SNAPSHOT, blocking=True)
def one_row_an_employee_and_year(database: WorkforceDatabase) -> CheckResult:
    duplicates = database.count(
        "select count(*) - count(distinct (employee_id, simulation_year)) from fct_workforce_snapshot"
    )
    return CheckResult(passed=duplicates == 0, metadata={"duplicates": duplicates})


@validation(SNAPSHOT)
def terminated_employees_have_a_date(database: WorkforceDatabase) -> CheckResult:
    """Terminated means a date in that year; active means none."""
    wrong = database.count(
        """
        select count(*) from fct_workforce_snapshot
        where (employment_status = 'terminated') <> (termination_date is not null)
           or year(termination_date) <> simulation_year
        """
    )
    return CheckResult(passed=wrong == 0, metadata={"rows": wrong})


@validation(SNAPSHOT)
def compensation_is_positive(database: WorkforceDatabase) -> CheckResult:
    wrong = database.count(
        "select count(*) from fct_workforce_snapshot where coalesce(current_compensation, 0) <= 0"
    )
    return CheckResult(passed=wrong == 0, severity=Severity.ERROR, metadata={"rows": wrong})


@validation(SNAPSHOT)
def ages_are_plausible(database: WorkforceDatabase) -> CheckResult:
    """Between 16 and 85. The simulation retires nobody by force, so this may warn in late years."""
    with database.connect(read_only=True) as connection:
        youngest, oldest, outside = connection.execute(
            """
            select
                min(current_age),
                max(current_age),
                count(*) filter (where current_age not between 16 and 85)
            from fct_workforce_snapshot
            where employment_status = 'active'
            """
        ).fetchone()
    return CheckResult(
        passed=int(outside) == 0,
        severity=Severity.WARN,
        metadata={"youngest": int(youngest or 0), "oldest": int(oldest or 0), "outside": int(outside)},
    )


@validation(SNAPSHOT)
def deferral_rates_are_fractions(database: WorkforceDatabase) -> CheckResult:
    # a rate of 6 instead of 0.06 came in with the census of 2023
    wrong = database.count(
        "select count(*) from fct_workforce_snapshot where coalesce(deferral_rate, -1) not between 0 and 1"
    )
    return CheckResult(passed=wrong == 0, metadata={"rows": wrong})


@validation(SNAPSHOT)
def nobody_is_paid_above_the_band(database: WorkforceDatabase) -> CheckResult:
    """Warns every year, and rightly: merit is given without a look at the top of the band."""
    above = database.count(
        """
        select count(*)
        from fct_workforce_snapshot as s
        join dim_job_levels as l using (level_id, simulation_year)
        where s.employment_status = 'active' and s.current_compensation > l.max_compensation
        """
    )
    return CheckResult(
        passed=above == 0, severity=Severity.WARN, metadata={"employees": above}
    )


workforce_checks = [
    snapshot_has_active_employees,
    one_row_an_employee_and_year,
    terminated_employees_have_a_date,
    compensation_is_positive,
    ages_are_plausible,
    deferral_rates_are_fractions,
    nobody_is_paid_above_the_band,
]
