"""Every dbt node as a task run on a real server; transient failures run again, others never."""

import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]
HOLD = """
import duckdb, sys, time
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def runs_of(state: Any, api: str, expected: int) -> dict[str, dict[str, Any]]:
    """The task runs of a flow run by name, as soon as the server has as many as expected.

    The server writes a run's kind of state a moment before the state itself.
    """
    body = {"flow_runs": {"id": {"any_": [str(state.state_details.flow_run_id)]}}, "limit": 200}
    for _ in range(75):
        runs = asked("task_runs/filter", api, body)
        if sum(run["state_type"] != "RUNNING" and run["state"] is not None for run in runs) >= expected:
            break
        time.sleep(0.2)
    return {run["name"]: run for run in runs}


def asked(path: str, api: str, body: dict[str, Any]) -> Any:
    data, kind = json.dumps(body).encode(), {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{api}/{path}", data, kind)) as answer:
        return json.load(answer)


def states_of(model: str, api: str) -> list[str]:
    """The states of all task runs of a model of that name."""
    body = {"task_runs": {"name": {"any_": [f"model {model}"]}}}
    return [run["state_name"] for run in asked("task_runs/filter", api, body)]


def logs_of(task_run: str, api: str) -> list[str]:
    """The log lines of a task run, as soon as the server has some: they are sent every other second."""
    body = {"logs": {"task_run_id": {"any_": [task_run]}}}
    for _ in range(75):
        if lines := asked("logs/filter", api, body):
            break
        time.sleep(0.2)
    return [line["message"] for line in lines]


def job_of(project: Any, *calls: list[str]) -> Any:
    from prefect import State, flow
    from prefect_support.dbt_models import dbt_models
    from prefect_support.dbt_project import DbtInvocation
    from prefect_support.flows import settle

    @dbt_models(project.manifest_path.resolve())
    def models() -> DbtInvocation:
        return [project.cli(args) for args in calls][-1]

    @flow
    def job() -> State[Any]:
        return settle(models=models.submit())

    return job(return_state=True)


def test_a_node_is_a_task_run_with_state_timing_rows_and_upstream(project: Any, prefect: str) -> None:
    models = project.project_dir / "models"
    (models / "broken.sql").write_text("select nothing from {{ ref('products') }}")
    (models / "held_up.sql").write_text("select * from {{ ref('broken') }}")
    state = job_of(project, ["build", "--exclude", "resource_type:test"])
    assert state.is_failed()
    runs = runs_of(state, prefect, 8)
    assert {name: run["state_name"] for name, run in runs.items()} == {
        "seed products": "Completed",
        "model stg_orders": "Completed",
        "model order_lines": "Completed",
        "model discontinued": "Completed",
        "model fct_sales": "Completed",
        "model broken": "Failed",
        "model held_up": "NotReady",
    } | {name: run["state_name"] for name, run in runs.items() if name.startswith("models-")}
    assert 'Referenced column "nothing" not found' in runs["model broken"]["state"]["message"]
    assert runs["model held_up"]["state"]["message"] == "skipped: model.bakery.broken did not build"
    assert runs["model held_up"]["start_time"] is None
    assert runs["seed products"]["state"]["message"].endswith(", 3 rows")
    assert runs["seed products"]["total_run_time"] > 0
    assert runs["seed products"]["tags"] == ["dbt:seed"]
    read = {given["id"] for given in runs["model broken"]["task_inputs"]["upstream"]}
    assert runs["seed products"]["id"] in read
    said = logs_of(runs["model broken"]["id"], prefect)
    assert [line.startswith("dbt error model.bakery.broken in ") for line in said] == [True]


def test_a_node_that_takes_long_is_shown_as_running(prefect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect import flow, task
    from prefect_support import dbt_task_runs
    from prefect_support.dbt_results import DbtNode

    monkeypatch.setattr(dbt_task_runs, "SLOW_SECONDS", 0.2)
    states = []

    @task
    def call() -> None:
        runs = dbt_task_runs.NodeRuns()
        runs.started("model.bakery.quick")
        runs.ended(DbtNode("model.bakery.quick", "success", 0.01))
        runs.started("model.bakery.slow")
        for _ in range(100):
            if "Running" in (now := states_of("slow", prefect)):
                break
            time.sleep(0.1)
        states.extend(now)
        runs.ended(DbtNode("model.bakery.slow", "success", 3.0))
        runs.finish()

    flow(lambda: call(), name="slow nodes")()
    assert states == ["Running"]
    for _ in range(100):
        if states_of("slow", prefect) == ["Completed"]:
            break
        time.sleep(0.1)
    assert states_of("slow", prefect) == states_of("quick", prefect) == ["Completed"]


def test_a_test_is_linked_to_what_it_judges(project: Any, prefect: str) -> None:
    calls = (["seed"], ["run", "--select", "stg_orders"], ["test", "--select", "stg_orders"])
    runs = runs_of(job_of(project, *calls), prefect, 6)
    judged = runs["test not_null_stg_orders_order_id"]
    assert judged["state_name"] == "Completed"
    assert [given["id"] for given in judged["task_inputs"]["upstream"]] == [runs["model stg_orders"]["id"]]
    related = runs["test relationships_stg_orders_product__product__ref_products_"]["task_inputs"]["upstream"]
    assert {given["id"] for given in related} == {
        runs[name]["id"] for name in ("model stg_orders", "seed products")
    }
    assert [g["id"] for g in judged["task_inputs"]["__parents__"]] == [
        run["id"] for name, run in runs.items() if name.startswith("models")
    ]


def test_a_locked_database_is_tried_again_until_it_is_free(project: Any, tmp_path: Path) -> None:
    database = str(tmp_path / "bakery.duckdb")
    patient = project.model_copy(update={"retries": 6, "retry_delay_seconds": 0.2})
    project.cli(["seed"])
    with subprocess.Popen([sys.executable, "-c", HOLD, database, "1.5"], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        impatient = project.model_copy(update={"retries": 0}).cli(["run"], raise_on_error=False)
        assert not impatient.is_successful()
        done = patient.cli(["run", "--select", "stg_orders", "discontinued"])
    assert done.is_successful()
    assert {node.unique_id: node.status for node in done.nodes} == {
        "model.bakery.stg_orders": "success",
        "model.bakery.discontinued": "success",
    }


def test_wrong_sql_and_failed_tests_are_never_run_again(
    project: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (project.project_dir / "models" / "broken.sql").write_text("select timeout from {{ ref('products') }}")
    done = project.cli(["build", "--select", "products", "broken"], raise_on_error=False)
    assert [node.status for node in done.nodes if node.unique_id == "model.bakery.broken"] == ["error"]
    assert "transient" not in caplog.text
