import warnings

import dagster as dg
from dagster._utils.warnings import PreviewWarning

warnings.filterwarnings("ignore", category=PreviewWarning)


@dg.asset
def raw() -> None:
    """As it comes."""


@dg.asset(deps=[raw])
def clean() -> None:
    """As it should be."""


@dg.asset_check(asset=clean)
def clean_is_clean() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


everything = dg.load_assets_from_current_module(group_name="core", key_prefix="warehouse")
checks = dg.load_asset_checks_from_current_module()
nightly = dg.define_asset_job("nightly", selection=dg.AssetSelection.groups("core"))

defs = dg.Definitions.merge(
    dg.Definitions(assets=[*everything], asset_checks=checks),
    dg.Definitions(jobs=[nightly], schedules=[dg.ScheduleDefinition(job=nightly, cron_schedule="@daily")]),
)
