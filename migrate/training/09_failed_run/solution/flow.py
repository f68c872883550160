"""The same run in Prefect."""

from uuid import UUID

from prefect import flow, task
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId


@task
def fetch(lines: list[str]) -> list[str]:
    return lines


@task
def parse(lines: list[str]) -> list[float]:
    return [float(line.replace(",", ".")) for line in lines]


@task
def total(prices: list[float]) -> float:
    return sum(prices)


@flow
def bill(lines: list[str]) -> float:
    return total(parse(fetch(lines)))


# Dagster keeps an event log a run. Prefect keeps flow runs and task runs with their states on its server, and
# a client asks for them: `prefect flow-run inspect` and the pages in the browser do the same.
def why(flow_run_id: UUID) -> dict[str, str]:
    """The failed tasks of a run, and what each said."""
    with get_client(sync_client=True) as client:
        runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[flow_run_id])))
    failed = [run for run in runs if run.state and run.state.is_failed()]
    return {run.name.rsplit("-", 1)[0]: run.state.message for run in failed}
