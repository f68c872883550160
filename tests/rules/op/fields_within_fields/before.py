from dagster import Array, Field, Selector, Shape, op


@op(
    config_schema={
        "how": Selector({"fast": int, "slow": {"reason": str}}),
        "mine": Shape({"name": str, "depth": Field(int, default_value=3)}),
        "shafts": Array({"depth": int}),
        "free": Field(dict, default_value={"a": 1}),
        "plain": Field(str, description="No fields within."),
    }
)
def dig(context) -> int:
    return context.op_config["mine"]["depth"]
