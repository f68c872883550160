from dagster import Definitions, SensorEvaluationContext, sensor
from dagster._core.definitions.events import AssetKey, AssetMaterialization
from dagster._core.definitions.metadata import MetadataValue
from dagster._core.definitions.sensor_definition import DefaultSensorStatus
from dagster import SensorResult


@sensor(minimum_interval_seconds=60, default_status=DefaultSensorStatus.RUNNING)
def outside(context: SensorEvaluationContext):
    return SensorResult(
        asset_events=[
            AssetMaterialization(asset_key=AssetKey(["raw", "orders"]), metadata={"size": MetadataValue.int(3)})
        ],
        cursor="1",
    )


defs = Definitions(sensors=[outside])
