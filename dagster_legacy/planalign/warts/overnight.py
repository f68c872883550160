"""The first job that ran by itself. Kept because two dashboards still read its name."""

from dagster import Field, OpExecutionContext, job, op

from planalign.dbt_steps import execute_dbt
from planalign.results import YearIsIncomplete
from planalign.warts.reports import year_line


def require_previous_year(database, year: int) -> None:
    with database.connect() as connection:
        found = connection.execute(
            "select count(*) from information_schema.tables where table_name = 'fct_workforce_snapshot'"
        ).fetchone()[0]
        if found:
            found = connection.execute(
                "select count(*) from fct_workforce_snapshot where simulation_year = ?", [year - 1]
            ).fetchone()[0]
    if not found:
        raise YearIsIncomplete(f"{year} cannot be simulated: there is no {year - 1}")


@op(
    required_resource_keys={"dbt", "database"},
    config_schema={"year": Field(int, default_value=2026)},
)
def simulate_overnight(context: OpExecutionContext) -> bool:
    """Simulate one year. Returns whether that worked, which nobody looks at."""
    year = context.op_config["year"]
    try:
        require_previous_year(context.resources.database, year)
        execute_dbt(context, ["build"], {"simulation_year": year}, description=f"overnight, {year}")
        succeeded = True
    except Exception as error:
        # do not wake anybody up: Monday is early enough
        context.log.error(f"Simulation of {year} failed: {error}")
        succeeded = False
    context.log.info(year_line(year, succeeded))
    return succeeded


@job(description="One year, overnight. Its runs always succeed.")
def overnight_simulation():
    simulate_overnight()
