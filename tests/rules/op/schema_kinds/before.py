import dagster as dg
from dagster import Array, Enum, EnumValue, Field, Map, Noneable, OpExecutionContext, Permissive, Selector, Shape, StringSource, op


@op(
    config_schema={
        "path": StringSource,
        "limit": Noneable(int),
        "label": Field(Noneable(str), description="Perhaps."),
        "names": Array(str),
        "sizes": Field(Map(str, int), default_value={}),
        "where": Shape({"bucket": str}),
        "more": Field(Permissive({"a": int}), is_required=False),
        "how": Selector({"fast": {}, "slow": {}}),
        "mode": Field(Enum("Mode", [EnumValue("append"), EnumValue("replace")]), default_value="append"),
        "flag": dg.Bool,
    }
)
def make(context: OpExecutionContext) -> str:
    return context.op_config["path"] + str(context.op_config["limit"])
