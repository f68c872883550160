import os

import dagster as dg


@dg.asset(key_prefix="raw")
def users() -> int:
    return 1


NAME = users.key.to_user_string()


@dg.asset
def other(context: dg.AssetExecutionContext) -> None:
    context.log.info(users.key.to_user_string())
    for key in [dg.AssetKey("one"), dg.AssetKey(["two", "three"])]:
        print(key.path, key.to_user_string(), os.path.join("a", NAME))


job = dg.define_asset_job(name=f"{users.key.to_python_identifier()}__job", selection=[users])
longer = dg.define_asset_job(name="_".join(users.key.with_prefix("more").path), selection=[users.key])
nameless = dg.define_asset_job(name=os.environ["NAME"], selection=[users])


@dg.op
def one():
    """One."""


@dg.graph
def steps():
    one()


unnamed = steps.to_job(name=os.environ["NAME"])


@dg.sensor(job=job)
def watch(context):
    yield dg.RunRequest(run_key=users.key.to_user_string())


defs = dg.Definitions(assets=[users, other], jobs=[job, longer, nameless, unnamed], sensors=[watch])
