import shutil

import dagster as dg


@dg.asset(check_specs=[dg.AssetCheckSpec("not_empty", asset="orders")])
def orders(
    context: dg.AssetExecutionContext, programs: dg.PipesSubprocessClient
) -> dg.MaterializeResult:
    """Made by a program."""
    command = [shutil.which("python"), dg.file_relative_path(__file__, "external.py")]
    return programs.run(command=command, context=context, extras={"rows": 10}).get_materialize_result()


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def several(context: dg.AssetExecutionContext, programs: dg.PipesSubprocessClient):
    yield from programs.run(command="both", context=context).get_results()


@dg.asset
def kept(context: dg.AssetExecutionContext, programs: dg.PipesSubprocessClient):
    if context.run.tags.get("short"):
        short = programs.run(command=["a", "--short"], context=context, cwd="here")
        return short.get_materialize_result()
    answer = programs.run(command=["a"], context=context, env={"A": "b"})
    context.log.info(f"{answer.get_custom_messages()}")
    return answer.get_materialize_result()


@dg.asset
def other(context: dg.AssetExecutionContext, second: dg.PipesSubprocessClient) -> None:
    second.run(command=["b"], context=context)


second = dg.PipesSubprocessClient(cwd="there")


@dg.op
def by_itself(context: dg.OpExecutionContext):
    dg.PipesSubprocessClient().run(command=["ls"], context=context)


@dg.job
def listing():
    by_itself()


defs = dg.Definitions(
    assets=[orders, several, kept, other],
    jobs=[listing],
    resources={
        "programs": dg.PipesSubprocessClient(env={"TZ": "UTC"}, forward_termination=True),
        "second": second,
    },
)
