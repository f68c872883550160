"""`PySparkResource` → `Spark`: pyspark's own session.

Upstream: https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/spark_session.html
"""

from __future__ import annotations

from migrate.rewriting.clients import client_rule

RULE = client_rule(
    "dagster_pyspark.PySparkResource",
    "spark",
    "Spark",
    ("spark_config",),
    "the session is made on first use in each process of a run; install pyspark",
    "Set it on the session in Spark.",
)
