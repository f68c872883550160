"""Checks that were written and reviewed, and never added to ALL_CHECKS."""

from dagster import AssetCheckResult, AssetCheckSeverity, AssetKey, asset_check

from planalign.resources import WorkforceDatabase


@asset_check(asset=AssetKey("fct_workforce_snapshot"), blocking=True)
def tenure_is_not_longer_than_life(database: WorkforceDatabase) -> AssetCheckResult:
    wrong = database.count(
        "select count(*) from fct_workforce_snapshot where current_tenure > current_age - 14"
    )
    return AssetCheckResult(passed=wrong == 0, metadata={"rows": wrong})


@asset_check(asset=AssetKey("fct_yearly_events"))
def promotions_go_up(database: WorkforceDatabase) -> AssetCheckResult:
    down = database.count(
        """
        select count(*) from fct_yearly_events
        where event_type = 'promotion' and compensation_amount < previous_compensation
        """
    )
    return AssetCheckResult(passed=down == 0, metadata={"events": down})


@asset_check(asset=AssetKey("fct_compensation_growth"))
def growth_is_near_the_budget(database: WorkforceDatabase) -> AssetCheckResult:
    """Would fail for ever: the metadata is a Decimal, which Dagster refuses."""
    try:
        with database.connect(read_only=True) as connection:
            growth = connection.execute(
                "select avg(growth_rate)::decimal(9, 6) from fct_compensation_growth"
            ).fetchone()[0]
        return AssetCheckResult(passed=growth < 0.1, metadata={"growth": growth})
    except Exception as error:
        return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN, description=str(error))
