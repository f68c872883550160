"""The retirement plan: money that is really paid, so these are errors."""

from planalign.resources import WorkforceDatabase
from prefect_support.validations import CheckResult, Severity, validation


@validation("asset://fct_employer_match")
def match_stays_under_the_cap(database: WorkforceDatabase) -> CheckResult:
    """The match never exceeds its rate on the capped share of pay (a cent for rounding)."""
    over = database.count(
        """
        select count(*)
        from fct_employer_match as m
        join int_simulation_parameters as p using (simulation_year)
        where m.employer_match > m.plan_compensation::double * p.match_rate * p.match_cap_pct + 0.01
        """
    )
    return CheckResult(
        passed=over == 0, severity=Severity.ERROR, metadata={"participants": over}
    )


@validation("asset://fct_participant_contributions")
def contributions_add_up(database: WorkforceDatabase) -> CheckResult:
    wrong = database.count(
        """
        select count(*) from fct_participant_contributions
        where total_contribution <> employee_deferral + employer_match
        """
    )
    return CheckResult(passed=wrong == 0, metadata={"participants": wrong})


@validation("asset://fct_participant_contributions")
def only_participants_contribute(database: WorkforceDatabase) -> CheckResult:
    strangers = database.count(
        """
        select count(*)
        from fct_participant_contributions as c
        anti join fct_workforce_snapshot as s
          on s.employee_id = c.employee_id
         and s.simulation_year = c.simulation_year
         and s.participation_status = 'participating'
        """
    )
    return CheckResult(passed=strangers == 0, metadata={"participants": strangers})


plan_checks = [match_stays_under_the_cap, contributions_add_up, only_participants_contribute]
