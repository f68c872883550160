"""The same run in Prefect. It has a defect, and nobody looks at what it leaves behind."""

from uuid import UUID

from prefect import flow, task
from prefect.client.orchestration import get_client  # noqa: F401 - you will need it


@task
def fetch(lines: list[str]) -> list[str]:
    return lines


@task
def parse(lines: list[str]) -> list[float]:
    return [float(line) for line in lines]


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
    # TODO 1: with get_client(sync_client=True) read the run's task runs (read_task_runs, FlowRunFilter) and
    #         return {name of the task: message of its state} of those whose state is failed. A task run's
    #         name is "parse-4f2": the task's name is what stands before the last dash.
    raise NotImplementedError("TODO 1: ask the server")


# TODO 2: run `bill(["400", "12,50"])`, read what failed, and mend it.
