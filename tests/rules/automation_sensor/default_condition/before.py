import dagster as dg


@dg.asset
def ore() -> None:
    """By hand."""


@dg.asset(deps=[ore])
def metal() -> None:
    """When there is new ore."""


@dg.asset(deps=[metal], automation_condition=dg.AutomationCondition.on_cron("0 6 * * *"))
def report() -> None:
    """Each morning, whatever the sensor says."""


@dg.asset(deps=[ore])
def slag() -> None:
    """No sensor looks after it."""


new_ore = dg.AutomationConditionSensorDefinition(
    "new_ore",
    target=dg.AssetSelection.assets(metal, report),
    default_condition=dg.AutomationCondition.eager(),
    use_user_code_server=True,
)
defs = dg.Definitions(assets=[ore, metal, report, slag], sensors=[new_ore])
