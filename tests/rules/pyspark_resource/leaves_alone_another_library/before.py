# dagster_pyspark is only mentioned here
from elsewhere import PySparkResource

spark = PySparkResource(spark_config={})
