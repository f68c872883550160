from dagster import Field, In, Nothing, OpExecutionContext, Out, job, op


@op(
    config_schema={
        # how many
        "rows": Field(int, default_value=3, description="Rows to make."),
        "names": [str],
        "label": Field(str, is_required=False),
    },
    out=Out(list[int]),
)
def make(context: OpExecutionContext) -> list[int]:
    limit = context.op_config["rows"]
    context.log.info(str(dict(context.op_config)))
    return list(range(limit))


@op(ins={"start": In(Nothing)}, out=Out(Nothing))
def clean(context: OpExecutionContext):
    context.log.info("clean")


@op(name="shown", tags={"team": "vault"}, description="Shows.")
def show(context: OpExecutionContext, rows: list[int]) -> None:
    context.add_output_metadata({"rows": len(rows)})


@job
def everything():
    rows = make()
    show(rows)
    clean(start=rows)
