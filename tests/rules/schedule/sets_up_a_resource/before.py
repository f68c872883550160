from dagster import ConfigurableResource, Definitions, RunRequest, job, op, schedule


class Store(ConfigurableResource):
    folder: str = "out"


class Mail(ConfigurableResource):
    to: str


@op
def write(store: Store, mail: Mail) -> None:
    print(store.folder, mail.to)


@job
def daily():
    write()


def config_of(folder: str):
    return {"resources": {"store": {"config": {"folder": folder}}}}


@schedule(job=daily, cron_schedule="0 6 * * *")
def fixed(context):
    return RunRequest(run_config=config_of("elsewhere"))


@schedule(job=daily, cron_schedule="0 7 * * *")
def launched(context):
    return RunRequest(run_config={"resources": {"mail": {"config": {"to": "us"}}}})


defs = Definitions(
    jobs=[daily],
    schedules=[fixed, launched],
    resources={"store": Store(), "mail": Mail.configure_at_launch()},
)
