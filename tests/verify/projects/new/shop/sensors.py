from prefect import flow
from prefect.deployments import run_deployment


@flow(name="new-file")
def new_file() -> None:
    run_deployment("rebuild/rebuild")
