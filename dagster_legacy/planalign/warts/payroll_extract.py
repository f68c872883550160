"""The extract for the old payroll system. Switched off in 2023 by taking it out of Definitions."""

from dagster import AssetExecutionContext, AssetKey, AssetSelection, asset, define_asset_job, schedule

from planalign.resources import WorkforceDatabase


@asset(deps=[AssetKey("fct_workforce_snapshot")], group_name="payroll")
def payroll_extract(context: AssetExecutionContext, database: WorkforceDatabase) -> None:
    """Pay of everybody active, as payroll wanted it: one CSV a day."""
    with database.connect() as connection:
        connection.execute(
            """
            copy (select employee_id, current_compensation from fct_workforce_snapshot)
            to 'payroll.csv' (header)
            """
        )
    context.log.info("payroll.csv written")


payroll_job = define_asset_job("payroll_job", selection=AssetSelection.assets(payroll_extract))


@schedule(job=payroll_job, cron_schedule="0 5 * * *")
def daily_payroll(context):
    """Every day at five."""
    return {}
