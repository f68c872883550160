"""The retirement plan: money that is really paid, so these are errors."""

from dagster import AssetCheckResult, AssetCheckSeverity, asset_check

from planalign.resources import WorkforceDatabase


@asset_check(asset="fct_employer_match", blocking=False)
def match_stays_under_the_cap(database: WorkforceDatabase) -> AssetCheckResult:
    """The match never exceeds its rate on the capped share of pay (a cent for rounding)."""
    over = database.count(
        """
        select count(*)
        from fct_employer_match as m
        join int_simulation_parameters as p using (simulation_year)
        where m.employer_match > m.plan_compensation::double * p.match_rate * p.match_cap_pct + 0.01
        """
    )
    return AssetCheckResult(
        passed=over == 0, severity=AssetCheckSeverity.ERROR, metadata={"participants": over}
    )


@asset_check(asset="fct_participant_contributions")
def contributions_add_up(database: WorkforceDatabase) -> AssetCheckResult:
    wrong = database.count(
        """
        select count(*) from fct_participant_contributions
        where total_contribution <> employee_deferral + employer_match
        """
    )
    return AssetCheckResult(passed=wrong == 0, metadata={"participants": wrong})


@asset_check(asset="fct_participant_contributions")
def only_participants_contribute(database: WorkforceDatabase) -> AssetCheckResult:
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
    return AssetCheckResult(passed=strangers == 0, metadata={"participants": strangers})


plan_checks = [match_stays_under_the_cap, contributions_add_up, only_participants_contribute]
