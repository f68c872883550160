"""What is nested in a Spark configuration becomes dotted names, as Spark spells them."""

from __future__ import annotations

from migrate.support.spark import settings


def test_nested_names_are_joined_by_dots() -> None:
    given = {"spark": {"executor": {"memory": "2g"}}, "spark.app.name": "ore"}
    assert settings(given) == [("spark.executor.memory", "2g"), ("spark.app.name", "ore")]
