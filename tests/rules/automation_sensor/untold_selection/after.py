from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE


@materialize(
    Asset(
        key="asset://ore",
        properties=AssetProperties(
            name="ore", description="By hand, or by the sensor."
        ),
    ),
    cache_policy=NO_CACHE,
)
def ore() -> None:
    """By hand, or by the sensor."""


def some(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:10: AutomationConditionSensorDefinition some: the assets it "
        "gives a condition to cannot be told by reading. Give each asset its "
        "automation_condition, and convert again."
    )
