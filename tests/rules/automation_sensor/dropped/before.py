import dagster as dg


@dg.asset(automation_condition=dg.AutomationCondition.on_cron("0 * * * *"))
def hourly() -> None:
    """Each hour."""


everything = dg.AutomationConditionSensorDefinition(name="everything", target=dg.AssetSelection.all())
defs = dg.Definitions(assets=[hourly], sensors=[everything, dg.AutomationConditionSensorDefinition("inline", target="*")])
