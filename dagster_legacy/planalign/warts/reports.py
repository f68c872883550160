"""Reports on the overnight run.

Nothing in this file can be imported: the folder of the same name beside it wins. The fix for
the wrong headcount of 2024 was made here.
"""

from dagster import AssetExecutionContext, AssetKey, asset

from planalign.resources import WorkforceDatabase


@asset(deps=[AssetKey("fct_workforce_snapshot")], group_name="reporting")
def headcount_report(context: AssetExecutionContext, database: WorkforceDatabase) -> int:
    """Active employees in the last year that was simulated."""
    headcount = database.count(
        """
        select count(*) from fct_workforce_snapshot
        where employment_status = 'active'
          and simulation_year = (select max(simulation_year) from fct_workforce_snapshot)
        """
    )
    context.log.info(f"{headcount} active")
    return headcount


def year_line(year: int, succeeded: bool) -> str:
    return f"{year}: {'done' if succeeded else 'FAILED, see the log'}"
