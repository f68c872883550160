"""Hidden behind the folder of the same name."""

from dagster import asset, op


@asset
def hidden_report(): ...


@op
def unused_op(): ...
