"""Spelled like dagster's, and another library's."""

from warehouse import op


@op(config_schema={"a": int})
def step(context):
    return context.op_config["a"]
