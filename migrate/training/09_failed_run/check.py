"""Does `why` find what Dagster's event log says, and is the defect mended?"""

import time


def check(learner):
    flow = learner.code()
    learner.has(flow, "bill", "why", "parse")
    wanted = learner.dagster["broken"]["failed"]
    state = learner.state(flow.bill, ["400", "free"])
    learner.require(not state.is_completed(), "a price that is no number must fail the run, as in Dagster")
    run_id = state.state_details.flow_run_id
    wait_until_recorded(run_id)
    found = flow.why(run_id)
    learner.require(
        list(found) == list(wanted), f"TODO 1: in Dagster {list(wanted)} failed; `why` names {list(found)}"
    )
    (said,) = wanted.values()
    words = said.removeprefix("ValueError: ")
    learner.require(
        words in found["parse"],
        f"TODO 1: `why` should hold the message {words!r}; it says {found['parse']!r}",
    )
    state = learner.state(flow.bill, ["400", "12,50"])
    total = learner.dagster["fine"]["total"]
    learner.require(
        state.is_completed() and state.result() == total,
        f"TODO 2: `bill(['400', '12,50'])` is {total} in Dagster; yours: {state.message or state.result()}",
    )


def wait_until_recorded(run_id):
    """Task runs reach the server as events, a moment after the run has ended."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    with get_client(sync_client=True) as client:
        for _ in range(200):
            runs = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id])))
            if any(run.state and run.state.is_failed() for run in runs):
                return
            time.sleep(0.1)
