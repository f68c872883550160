import os
from collections.abc import Iterator

from prefect import flow
from prefect_support.sensors import RunRequest, SensorContext, launch


@flow(name="new_orders_file")
def new_orders_file() -> int:
    """One run for each year whose file has appeared."""
    return launch("new_orders_file", _new_orders_file, deployment="bake_year/bake_year")


def _new_orders_file(context: SensorContext) -> Iterator[RunRequest]:
    inbox = os.environ["BAKERY_INBOX"]
    seen = (context.cursor or "").split(",")
    files = sorted(os.listdir(inbox))
    for name in files:
        if name not in seen:
            yield RunRequest(run_key=name, parameters={"partition_key": name.removesuffix(".csv")})
    context.update_cursor(",".join(files))
