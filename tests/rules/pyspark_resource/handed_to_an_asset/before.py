import dagster as dg
from dagster_pyspark import PySparkResource


class Tuned(PySparkResource):
    label: str = ""


second = PySparkResource(spark_config={"spark.ui.enabled": "false"})


@dg.asset
def rows(spark: PySparkResource) -> int:
    return spark.spark_session.range(3).count()


everything = dg.define_asset_job("everything")
defs = dg.Definitions(
    assets=[rows],
    jobs=[everything],
    resources={"second": second, "spark": PySparkResource(spark_config={"spark.executor.memory": "2g"}), "tuned": Tuned(spark_config={})},
)
