"""One dbt call in process: what it reports, how it fails, what its tests become."""

import json
import logging
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

ORDERS = (
    "create table raw_orders as select 1 as order_id, 2025 as order_year, 'bread' as product, 1 as quantity"
)


@pytest.fixture
def project(tmp_path: Path, parsed_dbt: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    from prefect_support.dbt_project import DbtProject

    shutil.copytree(parsed_dbt, tmp_path / "dbt")
    monkeypatch.setenv("BAKERY_DB", str(tmp_path / "bakery.duckdb"))
    monkeypatch.chdir(tmp_path)
    with duckdb.connect(str(tmp_path / "bakery.duckdb")) as connection:
        connection.execute(ORDERS)
    return DbtProject(project_dir=Path("dbt"))


def test_a_call_says_what_it_did(project: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    models = project.project_dir / "models"
    (models / "said.sql").write_text("{{ log('a word from the model', info=True) }} select 1 as x")
    done = project.cli(["build", "--select", "products stg_orders said"]).wait()
    assert done.is_successful()
    assert {node.unique_id.split(".")[2]: node.status for node in done.nodes} == {
        "products": "success",
        "stg_orders": "success",
        "said": "success",
        "not_null_stg_orders_order_id": "pass",
        "unique_stg_orders_order_id": "pass",
        "relationships_stg_orders_product__product__ref_products_": "pass",
    }
    assert any(
        line.startswith("dbt success seed.bakery.products in ") and line.endswith(" s, 3 rows")
        for line in caplog.messages
    )
    assert "dbt says: a word from the model" in caplog.messages
    assert len(done.get_artifact("run_results.json")["results"]) == 6
    assert project.cli(["ls", "--resource-type", "seed"]).result == ["bakery.products"]
    assert Path.cwd() == project.project_dir.resolve().parent


def test_a_failure_names_what_failed_and_what_it_held_up(project: Any) -> None:
    from prefect_support.dbt_project import DbtFailed

    models = project.project_dir / "models"
    (models / "discontinued.sql").write_text("select nothing from {{ ref('products') }}")
    (models / "child.sql").write_text("select * from {{ ref('discontinued') }}")
    args = ["run", "--select", "discontinued+", "--full-refresh"]
    project.cli(["seed"])
    with pytest.raises(DbtFailed) as caught:
        project.cli(args)
    message = str(caught.value)
    assert message.startswith(
        "dbt run --select discontinued+ --full-refresh: failed: model.bakery.discontinued ("
    )
    assert 'Referenced column "nothing" not found' in message
    assert "; skipped: model.bakery.child" in message
    assert message.endswith(f"; log: {project.project_dir.resolve()}/logs/dbt.log")
    assert (project.project_dir / "logs" / "dbt.log").is_file()
    tolerated = project.cli(args, raise_on_error=False)
    assert not tolerated.is_successful()
    assert [node.status for node in tolerated.nodes] == ["error", "skipped"]

    (models / "child.sql").write_text("select * from {{ ref('nobody') }}")
    with pytest.raises(DbtFailed, match=r"depends on a node named 'nobody' which was not found"):
        project.cli(["run"])
    (models / "child.sql").unlink()
    with pytest.raises(DbtFailed, match="No such option"):
        project.cli(["run", "--no-such-option"])


def test_tests_become_checks_in_one_event(project: Any, prefect: str) -> None:
    from prefect import State, flow
    from prefect_support.dbt_models import dbt_models
    from prefect_support.dbt_project import DbtInvocation
    from prefect_support.flows import settle

    found: list[DbtInvocation] = []

    @dbt_models(project.manifest_path.resolve())
    def models(tolerant: bool) -> list[DbtInvocation]:
        calls = [project.cli(["seed"]), project.cli(["build"], raise_on_error=not tolerant)]
        found.extend(calls)
        return calls

    @flow
    def job(tolerant: bool) -> State[Any]:
        future = models.submit(tolerant)
        return settle(models=future)

    good = job(True, return_state=True)
    assert good.is_completed(), good.message
    with duckdb.connect(str(project.project_dir.resolve().parent / "bakery.duckdb")) as connection:
        connection.execute("insert into raw_orders values (2, 2025, 'pie', 1), (3, 2025, 'roll', 1)")
    strict, tolerant = job(False, return_state=True), job(True, return_state=True)
    assert "DbtFailed: dbt build: failed: test.bakery.relationships_stg_orders" in strict.message
    assert (
        "CheckFailed: blocking check failed with severity ERROR: asset://stg_orders relations"
        in tolerant.message
    )

    payloads = checks_of(good, prefect), checks_of(strict, prefect), checks_of(tolerant, prefect)
    assert [len(events) for events in payloads] == [1, 1, 1]
    assert [sum(check["passed"] for check in events[0]) for events in payloads] == [5, 2, 2]
    assert payloads[1][0][0].keys() >= {"asset", "name", "passed", "severity", "blocking", "metadata"}


def checks_of(state: Any, api: str) -> list[list[dict[str, Any]]]:
    """The payloads of the run's check events, as the server has them."""
    import time
    import urllib.request

    body = {
        "filter": {
            "event": {"name": ["asset-checks.evaluated"]},
            "related": {"id": [f"prefect.flow-run.{state.state_details.flow_run_id}"]},
        },
        "limit": 50,
    }
    request = urllib.request.Request(
        f"{api}/events/filter", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    for _ in range(50):
        with urllib.request.urlopen(request) as answer:
            events = json.load(answer)["events"]
        if events:
            return [event["payload"]["checks"] for event in events]
        time.sleep(0.2)
    return []
