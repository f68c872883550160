"""The first job that ran by itself. Kept because two dashboards still read its name."""

from typing import Any

from prefect import State, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel

from planalign import resources
from planalign.dbt_steps import execute_dbt
from planalign.resources import WorkforceDatabase
from planalign.results import YearIsIncomplete
from planalign.warts.reports import year_line
from prefect_support.dbt_project import DbtProject
from prefect_support.flow_parameters import Layered, layered
from prefect_support.flows import settle
from prefect_support.task_context import TaskContext


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


class SimulateOvernightConfig(BaseModel, extra="forbid"):
    """Config of `simulate_overnight`."""

    year: int = 2026


@task(cache_policy=NO_CACHE)
def simulate_overnight(dbt: DbtProject, database: WorkforceDatabase, config: SimulateOvernightConfig) -> bool:
    """Simulate one year. Returns whether that worked, which nobody looks at."""
    context = TaskContext(config=config, resources={"dbt": dbt, "database": database})
    year = config.year
    try:
        require_previous_year(database, year)
        execute_dbt(context, ["build"], {"simulation_year": year}, description=f"overnight, {year}")
        succeeded = True
    except Exception as error:
        # do not wake anybody up: Monday is early enough
        get_run_logger().error(f"Simulation of {year} failed: {error}")
        succeeded = False
    get_run_logger().info(year_line(year, succeeded))
    return succeeded


@flow(
    name="overnight_simulation",
    description="One year, overnight. Its runs always succeed.",
    task_runner=ThreadPoolTaskRunner(max_workers=1),
)
def overnight_simulation(
    simulate_overnight_config: Layered[SimulateOvernightConfig] = layered(SimulateOvernightConfig),  # noqa: B008
) -> State[Any]:
    dbt = resources.dbt()
    database = resources.database()

    simulate_overnight_future = simulate_overnight.submit(dbt, database, simulate_overnight_config)
    return settle(simulate_overnight=simulate_overnight_future)
