"""What a person sees of a dbt call: progress while it runs, then a table and a page, and the graph."""

import json
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def asked(api: str, path: str, body: Any = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{api}/{path}", data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def artifacts_of(api: str, flow_run: Any, kind: str) -> list[dict[str, Any]]:
    body = {
        "artifacts": {"type": {"any_": [kind]}, "flow_run_id": {"any_": [str(flow_run)]}},
        "sort": "KEY_ASC",
    }
    found: list[dict[str, Any]] = asked(api, "artifacts/filter", body)
    return found


def build_of_a_year(project: Any) -> Any:
    from prefect import State, flow
    from prefect_support.dbt_models import dbt_models
    from prefect_support.dbt_project import DbtInvocation
    from prefect_support.flows import settle

    @dbt_models(project.manifest_path.resolve())
    def bakery_models(partition_key: str) -> DbtInvocation:
        invocation: DbtInvocation = project.cli(["build"])
        return invocation

    @flow
    def one_year(partition_key: str) -> State[Any]:
        return settle(models=bakery_models.submit(partition_key))

    return one_year("2025", return_state=True)


@pytest.fixture
def broken(project: Any) -> Any:
    models = project.project_dir / "models"
    (models / "broken.sql").write_text("select nothing from {{ ref('products') }}")
    (models / "held_up.sql").write_text("select * from {{ ref('broken') }}")
    return project


def test_a_year_leaves_a_table_and_a_page_and_edges_in_the_graph(
    broken: Any, prefect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect_support import dbt_artifacts

    monkeypatch.setattr(dbt_artifacts, "FIRST", 60.0)  # so that a busy machine's call is a short one, too
    flow_run = build_of_a_year(broken).state_details.flow_run_id
    (table,) = artifacts_of(prefect, flow_run, "table")
    assert table["key"] == "dbt-bakery-models-2025-nodes"
    rows = {row["node"]: row for row in json.loads(table["data"])}
    assert (rows["products"]["state"], rows["products"]["rows"], rows["products"]["kind"]) == (
        "success",
        3,
        "seed",
    )
    assert rows["held_up"]["state"] == "skipped"
    (page,) = artifacts_of(prefect, flow_run, "markdown")
    assert page["key"] == "dbt-bakery-models-2025-summary"
    assert "## Failed\n\n* `model.bakery.broken`: " in page["data"]
    assert 'Referenced column "nothing" not found' in page["data"]
    assert "## Skipped\n\n`model.bakery.held_up`" in page["data"]
    assert artifacts_of(prefect, flow_run, "progress") == []  # the call was over before
    assert edges_of(prefect, flow_run, len(rows) + 1) >= {
        ("seed products", "model broken"),
        ("model broken", "model held_up"),
        ("model stg_orders", "test not_null_stg_orders_order_id"),
        ("model stg_orders", "test relationships_stg_orders_product__product__ref_products_"),
        ("seed products", "test relationships_stg_orders_product__product__ref_products_"),
    }


def edges_of(api: str, flow_run: Any, expected: int) -> set[tuple[str, str]]:
    """Edges of the flow-run graph as the UI asks for it, by the names of the nodes."""
    for _ in range(75):
        nodes = dict(asked(api, f"flow_runs/{flow_run}/graph-v2")["nodes"])
        if len(nodes) >= expected:
            break
        time.sleep(0.2)
    assert all(
        node["encapsulating"] for node in nodes.values() if not node["label"].startswith("bakery_models")
    )
    label = {key: node["label"] for key, node in nodes.items()}
    return {(label[parent["id"]], label[key]) for key, node in nodes.items() for parent in node["parents"]}


def test_progress_is_told_while_a_call_runs(
    prefect: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from prefect import flow, task
    from prefect.runtime import flow_run
    from prefect_support import dbt_artifacts

    monkeypatch.setattr(dbt_artifacts, "FIRST", 0.05)
    monkeypatch.setattr(dbt_artifacts, "EVERY", 0.05)
    seen = []

    @task
    def long_call() -> None:
        progress = dbt_artifacts.Progress("dbt build")
        progress.began(4)
        progress.ended(1)
        for _ in range(100):
            if told := artifacts_of(prefect, flow_run.id, "progress"):
                break
            time.sleep(0.05)
        seen.extend(told)
        progress.ended(4)
        progress.finish()

    @flow
    def job() -> None:
        long_call()

    state = job(return_state=True)
    assert [(one["data"], one["description"]) for one in seen] == [(25.0, "dbt build: 1 of 4 nodes")]
    (last,) = artifacts_of(prefect, state.state_details.flow_run_id, "progress")
    assert (last["data"], last["description"]) == (100.0, "dbt build: 4 of 4 nodes")


def test_an_artifact_that_cannot_be_written_stops_nothing(
    project: Any, prefect: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from prefect_support import dbt_artifacts

    def refuses(**_: Any) -> Any:
        raise ConnectionError("nobody answers")

    monkeypatch.setattr(dbt_artifacts, "get_client", refuses)
    assert build_of_a_year(project).is_completed()
    assert "the summary of bakery_models 2025 cannot be written: nobody answers" in caplog.text
