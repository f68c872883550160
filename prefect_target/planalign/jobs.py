"""What can be started."""

from typing import Any

from prefect import State, flow
from prefect.task_runners import ThreadPoolTaskRunner

from planalign import io_managers, resources
from planalign.assets.census import census_profile, raw_census
from planalign.assets.reporting import compensation_reports, workforce_summary
from planalign.assets.transformations import workforce_models
from planalign.assets.years import workforce_years
from planalign.checks.census import (
    census_ids_are_unique,
    census_is_not_empty,
    census_pay_is_plausible,
    profile_covers_the_census,
)
from planalign.checks.events import (
    closing_headcount_is_in_the_snapshot,
    events_fall_in_their_year,
    headcount_walk_reconciles,
    nobody_leaves_twice,
    raises_are_spread_over_the_year,
)
from planalign.checks.plan import (
    contributions_add_up,
    match_stays_under_the_cap,
    only_participants_contribute,
)
from planalign.checks.quality import quality_checks
from planalign.checks.reporting import (
    median_pay_is_inside_the_band,
    quartiles_are_in_order,
    summary_agrees_with_the_snapshot,
)
from planalign.checks.workforce import (
    ages_are_plausible,
    compensation_is_positive,
    deferral_rates_are_fractions,
    nobody_is_paid_above_the_band,
    one_row_an_employee_and_year,
    snapshot_has_active_employees,
    terminated_employees_have_a_date,
)
from planalign.config import SimulationConfig, YearWindow
from planalign.ops import (
    SimulateYearsConfig,
    clean_up_years,
    load_census,
    plan_years,
    report_simulation,
    simulate_years,
)
from planalign.partitions import SimulationYears, simulation_years
from prefect_support.backfill import in_order
from prefect_support.flow_parameters import NO_SCENARIO, Layered, Scenario, in_scenario, layered
from prefect_support.flows import settle


# One year, all of it: census, models, reports, checks.
@flow(
    name="simulate_year",
    description="Simulate one year: the census, the dbt models, the reports and all checks.",
    task_runner=ThreadPoolTaskRunner(max_workers=1),
)
def simulate_year(
    partition_key: SimulationYears,
    workforce_models_config: Layered[SimulationConfig] = layered(SimulationConfig),  # noqa: B008
) -> State[Any]:
    database = resources.database()
    census_file = resources.census_file()
    parquet_store = io_managers.parquet_store()
    dbt = resources.dbt()

    raw_census_future = raw_census.submit(database, census_file)
    census_is_not_empty_future = census_is_not_empty.submit(database, wait_for=[raw_census_future])
    census_ids_are_unique_future = census_ids_are_unique.submit(database, wait_for=[raw_census_future])
    census_pay_is_plausible_future = census_pay_is_plausible.submit(database, wait_for=[raw_census_future])
    census_profile_future = census_profile.submit(
        database,
        parquet_store,
        wait_for=[raw_census_future, census_is_not_empty_future, census_ids_are_unique_future],
    )
    profile_covers_the_census_future = profile_covers_the_census.submit(
        database, parquet_store, wait_for=[census_profile_future]
    )
    workforce_models_future = workforce_models.submit(
        dbt,
        workforce_models_config,
        partition_key,
        wait_for=[raw_census_future, census_is_not_empty_future, census_ids_are_unique_future],
    )
    snapshot_has_active_employees_future = snapshot_has_active_employees.submit(
        database, wait_for=[workforce_models_future]
    )
    one_row_an_employee_and_year_future = one_row_an_employee_and_year.submit(
        database, wait_for=[workforce_models_future]
    )
    terminated_employees_have_a_date_future = terminated_employees_have_a_date.submit(
        database, wait_for=[workforce_models_future]
    )
    compensation_is_positive_future = compensation_is_positive.submit(
        database, wait_for=[workforce_models_future]
    )
    ages_are_plausible_future = ages_are_plausible.submit(database, wait_for=[workforce_models_future])
    deferral_rates_are_fractions_future = deferral_rates_are_fractions.submit(
        database, wait_for=[workforce_models_future]
    )
    nobody_is_paid_above_the_band_future = nobody_is_paid_above_the_band.submit(
        database, wait_for=[workforce_models_future]
    )
    events_fall_in_their_year_future = events_fall_in_their_year.submit(
        database, wait_for=[workforce_models_future]
    )
    nobody_leaves_twice_future = nobody_leaves_twice.submit(database, wait_for=[workforce_models_future])
    raises_are_spread_over_the_year_future = raises_are_spread_over_the_year.submit(
        database, wait_for=[workforce_models_future]
    )
    headcount_walk_reconciles_future = headcount_walk_reconciles.submit(
        database, wait_for=[workforce_models_future]
    )
    closing_headcount_is_in_the_snapshot_future = closing_headcount_is_in_the_snapshot.submit(
        database, wait_for=[workforce_models_future]
    )
    match_stays_under_the_cap_future = match_stays_under_the_cap.submit(
        database, wait_for=[workforce_models_future]
    )
    contributions_add_up_future = contributions_add_up.submit(database, wait_for=[workforce_models_future])
    only_participants_contribute_future = only_participants_contribute.submit(
        database, wait_for=[workforce_models_future]
    )
    dq_employee_id_validation_passed_future = quality_checks[0].submit(
        database, wait_for=[workforce_models_future]
    )
    dq_workforce_reconciliation_passed_future = quality_checks[1].submit(
        database, wait_for=[workforce_models_future]
    )
    dq_compensation_bounds_passed_future = quality_checks[2].submit(
        database, wait_for=[workforce_models_future]
    )
    workforce_summary_future = workforce_summary.submit(
        database,
        parquet_store,
        partition_key,
        wait_for=[
            workforce_models_future,
            census_profile_future,
            snapshot_has_active_employees_future,
            one_row_an_employee_and_year_future,
        ],
    )
    summary_agrees_with_the_snapshot_future = summary_agrees_with_the_snapshot.submit(
        database, wait_for=[workforce_summary_future]
    )
    compensation_reports_future = compensation_reports.submit(
        database, parquet_store, partition_key, wait_for=[workforce_models_future, workforce_summary_future]
    )
    quartiles_are_in_order_future = quartiles_are_in_order.submit(wait_for=[compensation_reports_future])
    median_pay_is_inside_the_band_future = median_pay_is_inside_the_band.submit(
        wait_for=[compensation_reports_future]
    )
    return settle(
        raw_census=raw_census_future,
        census_is_not_empty=census_is_not_empty_future,
        census_ids_are_unique=census_ids_are_unique_future,
        census_pay_is_plausible=census_pay_is_plausible_future,
        census_profile=census_profile_future,
        profile_covers_the_census=profile_covers_the_census_future,
        workforce_models=workforce_models_future,
        snapshot_has_active_employees=snapshot_has_active_employees_future,
        one_row_an_employee_and_year=one_row_an_employee_and_year_future,
        terminated_employees_have_a_date=terminated_employees_have_a_date_future,
        compensation_is_positive=compensation_is_positive_future,
        ages_are_plausible=ages_are_plausible_future,
        deferral_rates_are_fractions=deferral_rates_are_fractions_future,
        nobody_is_paid_above_the_band=nobody_is_paid_above_the_band_future,
        events_fall_in_their_year=events_fall_in_their_year_future,
        nobody_leaves_twice=nobody_leaves_twice_future,
        raises_are_spread_over_the_year=raises_are_spread_over_the_year_future,
        headcount_walk_reconciles=headcount_walk_reconciles_future,
        closing_headcount_is_in_the_snapshot=closing_headcount_is_in_the_snapshot_future,
        match_stays_under_the_cap=match_stays_under_the_cap_future,
        contributions_add_up=contributions_add_up_future,
        only_participants_contribute=only_participants_contribute_future,
        dq_employee_id_validation_passed=dq_employee_id_validation_passed_future,
        dq_workforce_reconciliation_passed=dq_workforce_reconciliation_passed_future,
        dq_compensation_bounds_passed=dq_compensation_bounds_passed_future,
        workforce_summary=workforce_summary_future,
        summary_agrees_with_the_snapshot=summary_agrees_with_the_snapshot_future,
        compensation_reports=compensation_reports_future,
        quartiles_are_in_order=quartiles_are_in_order_future,
        median_pay_is_inside_the_band=median_pay_is_inside_the_band_future,
    )


@flow(name="simulate_year_backfill")
def simulate_year_backfill(
    first: SimulationYears,
    last: SimulationYears,
    workforce_models_config: Layered[SimulationConfig] = layered(SimulationConfig),  # noqa: B008
    scenario: Scenario = NO_SCENARIO,
    state: tuple[str, ...] = (),
    inputs: tuple[str, ...] = (),
) -> State[Any]:
    """A run a partition, in order, until one fails; `state`, `inputs`: see backfill.py."""
    return in_order(
        simulate_year,
        simulation_years.between(first, last),
        state=state,
        inputs=inputs,
        workforce_models_config=in_scenario(scenario, workforce_models_config),
    )


@flow(
    name="publish_years",
    description="Write the file of every year for the record keeper.",
    task_runner=ThreadPoolTaskRunner(max_workers=1),
)
def publish_years() -> State[Any]:
    database = resources.database()
    parquet_store = io_managers.parquet_store()

    workforce_year_2025_future = workforce_years[0].submit(database, parquet_store)
    workforce_year_2026_future = workforce_years[1].submit(
        database, parquet_store, wait_for=[workforce_year_2025_future]
    )
    workforce_year_2027_future = workforce_years[2].submit(
        database, parquet_store, wait_for=[workforce_year_2026_future]
    )
    workforce_year_2028_future = workforce_years[3].submit(
        database, parquet_store, wait_for=[workforce_year_2027_future]
    )
    workforce_year_2029_future = workforce_years[4].submit(
        database, parquet_store, wait_for=[workforce_year_2028_future]
    )
    workforce_year_2030_future = workforce_years[5].submit(
        database, parquet_store, wait_for=[workforce_year_2029_future]
    )
    return settle(
        workforce_year_2025=workforce_year_2025_future,
        workforce_year_2026=workforce_year_2026_future,
        workforce_year_2027=workforce_year_2027_future,
        workforce_year_2028=workforce_year_2028_future,
        workforce_year_2029=workforce_year_2029_future,
        workforce_year_2030=workforce_year_2030_future,
    )


@flow(
    name="multi_year_simulation",
    description="Simulate several years in a row, one dbt process a step.",
    task_runner=ThreadPoolTaskRunner(max_workers=1),
)
def multi_year_simulation(
    plan_years_config: Layered[YearWindow] = layered(YearWindow),  # noqa: B008
    simulate_years_config: Layered[SimulateYearsConfig] = layered(SimulateYearsConfig),  # noqa: B008
) -> State[Any]:
    database = resources.database()
    census_file = resources.census_file()
    dbt = resources.dbt()

    plan_years_future = plan_years.submit(plan_years_config)
    clean_up_years_future = clean_up_years.submit(database, plan_years_future)
    # the census has nothing to hand over: it only has to be there first
    load_census_future = load_census.submit(database, census_file)
    simulate_years_future = simulate_years.submit(
        dbt, database, simulate_years_config, clean_up_years_future, wait_for=[load_census_future]
    )
    report_simulation_future = report_simulation.submit(simulate_years_future)
    return settle(
        plan_years=plan_years_future,
        clean_up_years=clean_up_years_future,
        load_census=load_census_future,
        simulate_years=simulate_years_future,
        report_simulation=report_simulation_future,
    )
