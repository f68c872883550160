"""What can be started."""

from dagster import AssetSelection, define_asset_job, job

from planalign.ops import clean_up_years, load_census, plan_years, report_simulation, simulate_years
from planalign.partitions import simulation_years

published = AssetSelection.groups("published_years")

# One year, all of it: census, models, reports, checks.
simulate_year = define_asset_job(
    name="simulate_year",
    selection=AssetSelection.all() - published,
    partitions_def=simulation_years,
    description="Simulate one year: the census, the dbt models, the reports and all checks.",
    tags={"team": "people-analytics"},
)

publish_years = define_asset_job(
    name="publish_years",
    selection=published,
    description="Write the file of every year for the record keeper.",
)


@job(
    description="Simulate several years in a row, one dbt process a step.",
    tags={"team": "people-analytics", "style": "ops"},
)
def multi_year_simulation():
    years = clean_up_years(plan_years())
    # the census has nothing to hand over: it only has to be there first
    results = simulate_years(years, census_loaded=load_census())
    report_simulation(results)
