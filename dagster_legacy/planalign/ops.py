"""The ops of multi_year_simulation: several years in one run, each built on the one before."""

from dagster import Backoff, Field, In, MetadataValue, Nothing, OpExecutionContext, Out, RetryPolicy, op

from planalign.config import YearWindow
from planalign.dbt_steps import simulate_one_year
from planalign.resources import CensusFile, WorkforceDatabase
from planalign.results import YearIsIncomplete, YearResult


@op(out=Out(list[int]))
def plan_years(context: OpExecutionContext, config: YearWindow) -> list[int]:
    """Which years, in order. Refuses the impossible before anything is deleted."""
    if config.start_year > config.end_year:
        raise ValueError(f"The first year comes first: {config.start_year}-{config.end_year}")
    context.log.info(f"Planning {config.start_year} to {config.end_year}")
    return list(range(config.start_year, config.end_year + 1))


@op(
    out=Out(Nothing),
    retry_policy=RetryPolicy(max_retries=2, delay=5, backoff=Backoff.LINEAR),
)
def load_census(context: OpExecutionContext, database: WorkforceDatabase, census_file: CensusFile):
    """The same as the asset raw_census, for those who run jobs."""
    with database.connect() as connection:
        rows = census_file.load_into(connection)
    if rows == 0:
        raise ValueError("The census is empty")
    context.log.info(f"{rows} people in the census")


@op(ins={"years": In(list[int])}, out=Out(list[int]))
def clean_up_years(context: OpExecutionContext, database: WorkforceDatabase, years: list[int]) -> list[int]:
    """Empty the years that are about to be simulated, and all later ones.

    A later year was made from an earlier one that is about to change: keeping it would leave a
    workforce in the marts that follows from nothing.
    """
    first = min(years)
    cleaned = {}
    with database.connect() as connection:
        tables = connection.execute(
            """
            select c.table_schema, c.table_name
            from information_schema.columns as c
            join information_schema.tables as t using (table_schema, table_name)
            where c.column_name = 'simulation_year' and t.table_type = 'BASE TABLE'
            order by c.table_schema, c.table_name
            """
        ).fetchall()
        for schema, table in tables:
            deleted = connection.execute(
                f'delete from "{schema}"."{table}" where simulation_year >= ?', [first]
            ).fetchone()
            if deleted and deleted[0]:
                cleaned[table] = int(deleted[0])

    context.log.info(f"Removed {sum(cleaned.values())} rows of {first} and later from {len(cleaned)} tables")
    context.add_output_metadata({"tables": len(cleaned), "rows": sum(cleaned.values())})
    return years


def validate_year(context: OpExecutionContext, database: WorkforceDatabase, year: int) -> YearResult:
    """Read what a year left in the marts. dbt's exit code alone has fooled us before."""
    with database.connect(read_only=True) as connection:
        active, terminated, hired = connection.execute(
            """
            select
                count(*) filter (where employment_status = 'active'),
                count(*) filter (where employment_status = 'terminated'),
                count(*) filter (where is_new_hire)
            from fct_workforce_snapshot
            where simulation_year = ?
            """,
            [year],
        ).fetchone()
        walk = connection.execute(
            "select opening, closing from fct_headcount_walk where simulation_year = ?", [year]
        ).fetchone()

    if not active:
        raise YearIsIncomplete(f"{year}: nobody is active in fct_workforce_snapshot")
    if walk is None or walk[1] != active:
        raise YearIsIncomplete(f"{year}: fct_headcount_walk says {walk and walk[1]}, the snapshot {active}")

    growth_rate = (active - walk[0]) / walk[0]
    context.log.info(f"{year} validated: {walk[0]} at the start, {active} at the end")
    return YearResult(year, int(active), int(terminated), int(hired), float(growth_rate))


@op(
    required_resource_keys={"dbt", "database"},
    config_schema={
        "random_seed": Field(int, default_value=42),
        "target_growth_rate": Field(float, default_value=0.03),
        "total_termination_rate": Field(float, default_value=0.12),
        "new_hire_termination_rate": Field(float, default_value=0.25),
        "cola_rate": Field(float, default_value=0.025),
        "merit_budget_pct": Field(float, default_value=0.035),
        # only for the first year of the run: it drops the tables, and with them the years before
        "full_refresh": Field(bool, default_value=False),
    },
    ins={"years": In(list[int]), "census_loaded": In(Nothing)},
    out={"results": Out(list[YearResult])},
)
def simulate_years(context: OpExecutionContext, years: list[int]):
    """Simulate the years one after another: nine dbt processes each, then a look at the result."""
    variables = {key: value for key, value in context.op_config.items() if key != "full_refresh"}
    results = []
    for year in years:
        context.log.info(f"--- {year} ---")
        full_refresh = context.op_config["full_refresh"] and year == years[0]
        processes = simulate_one_year(context, year, variables, full_refresh)
        result = validate_year(context, context.resources.database, year)
        context.log.info(f"{result.line()} ({processes} dbt processes)")
        results.append(result)
    return results


@op(ins={"results": In(list[YearResult])})
def report_simulation(context: OpExecutionContext, results: list[YearResult]) -> None:
    """One line a year, where people look for it."""
    lines = [result.line() for result in results]
    for line in lines:
        context.log.info(line)
    context.add_output_metadata({"years": len(results), "summary": MetadataValue.text("\n".join(lines))})
