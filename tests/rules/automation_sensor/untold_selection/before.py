import dagster as dg
from settings import chosen


@dg.asset
def ore() -> None:
    """By hand, or by the sensor."""


some = dg.AutomationConditionSensorDefinition(
    "some",
    target=chosen(),
    default_condition=dg.AutomationCondition.eager(),
    use_user_code_server=True,
)
defs = dg.Definitions(assets=[ore], sensors=[some])
