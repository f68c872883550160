from prefect import get_run_logger, task
from prefect.assets import Asset, AssetProperties, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run, task_run

from prefect_support.io import AssetPath, path_of
from prefect_support.run_facts import run_tags


@materialize(
    Asset(key="asset://raw/people/users", properties=AssetProperties(name="users")),
    asset_deps=["asset://rows"],
    cache_policy=NO_CACHE,
)
def users(rows: int) -> int:
    get_run_logger().info(f"{flow_run.id} {flow_run.flow_name} {task_run.task_name} {task_run.task_name}")
    get_run_logger().info(flow_run.id)
    name = AssetPath(["raw", "people", "users"]).path[-1] + AssetPath(["raw", "people", "users"]).to_user_string()
    assert AssetPath(["raw", "people", "users"]) == AssetPath(["raw", "people", "users"])
    print(AssetPath(["rows"]), name)
    if ("team" in run_tags()) or run_tags().get("size"):
        print(run_tags().get("team"), run_tags())
    add_asset_metadata("asset://raw/people/users", {"n": 1})
    return 2 * (task_run.run_count - 1)


@materialize(
    Asset(key="asset://a", properties=AssetProperties(name="a")),
    Asset(key="asset://b/c", properties=AssetProperties(name="c")),
    cache_policy=NO_CACHE,
)
def several() -> None:
    for key in {AssetPath(["a"]), AssetPath(["b", "c"])}:
        add_asset_metadata(str(path_of(key)), {"rows": len(key.path)})
    if "asset://a" in {AssetPath(["a"]), AssetPath(["b", "c"])} and "a" in {"a", "b__c"}:
        get_run_logger().info(str(False))


@materialize(
    Asset(key="asset://configured", properties=AssetProperties(name="configured")),
    cache_policy=NO_CACHE,
)
def configured() -> str:
    return flow_run.parameters.get("name", "")


@task
def asks_the_instance(*_args: object, **_kwargs: object) -> object:
    raise NotImplementedError(
        "code.py:31: context.instance (line 32) has no counterpart. Ask "
        "Prefect's API with prefect.get_client(), or keep what you need in a "
        "Variable."
    )
    # return len(context.instance.all_asset_keys())
