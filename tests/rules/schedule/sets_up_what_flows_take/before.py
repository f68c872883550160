from dagster import (
    ConfigurableResource,
    Definitions,
    FilesystemIOManager,
    RunRequest,
    asset,
    define_asset_job,
    job,
    op,
    resource,
    schedule,
    sensor,
)


class Store(ConfigurableResource):
    folder: str = "out"
    depth: int = 1


@resource(config_schema={"conn_id": str})
def connection(context):
    return context.resource_config["conn_id"]


@resource(config_schema={"host": str})
def mail(context):
    return context.resource_config["host"]


mail_here = mail.configured({"host": "here"})


@op(required_resource_keys={"connection", "mail", "store"})
def write(context) -> str:
    store = context.resources.store
    return f"{store.folder} {store.depth} {context.resources.connection} {context.resources.mail}"


@asset
def written(store: Store) -> str:
    return store.folder


@job
def daily():
    write()


assets = define_asset_job("assets", "written")


@schedule(job=daily, cron_schedule="0 6 * * *")
def at_six(context):
    config = {
        "resources": {
            "store": {"config": {"folder": "six"}},
            "connection": {"config": {"conn_id": "x"}},
            "io_manager": {"config": {"base_dir": "elsewhere"}},
        }
    }
    return RunRequest(run_config=config)


@sensor(job=assets)
def when_it_is_time():
    return RunRequest(run_config={"resources": {"io_manager": {"config": {"base_dir": "elsewhere"}}}})


@schedule(job=daily, cron_schedule="0 7 * * *")
def what_is_configured(context):
    return RunRequest(run_config={"resources": {"mail": {"config": {"host": "there"}}}})


defs = Definitions(
    assets=[written],
    jobs=[daily, assets],
    schedules=[at_six, what_is_configured],
    sensors=[when_it_is_time],
    resources={
        "store": Store(depth=2),
        "connection": connection,
        "mail": mail_here,
        "io_manager": FilesystemIOManager(),
    },
)
