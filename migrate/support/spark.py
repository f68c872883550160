"""Apache Spark, spoken to through pyspark.

Written by `migrate convert`; yours to edit. Needs the package `pyspark`.

    Spark(spark_config={"spark.executor.memory": "2g"}).spark_session.sql("select 1")

Upstream: https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/spark_session.html
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from pydantic import BaseModel


class Spark(BaseModel):
    """`spark_config` is set on the session; nested names are joined by dots."""

    spark_config: dict[str, Any] = {}

    @cached_property
    def spark_session(self) -> Any:
        """The session of this process, made on first use."""
        from pyspark.sql import SparkSession

        builder = SparkSession.builder
        for name, value in settings(self.spark_config):
            builder = builder.config(name, value)
        return builder.getOrCreate()

    @property
    def spark_context(self) -> Any:
        """The context of that session."""
        return self.spark_session.sparkContext


def settings(config: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """The names and values of a nested mapping: `{"a": {"b": 1}}` is `a.b` = 1."""
    found: list[tuple[str, Any]] = []
    for key, value in config.items():
        name = f"{before}{key}"
        found += settings(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return found
