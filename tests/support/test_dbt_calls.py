"""One dbt call in process: what it reports, how it fails, what its tests become."""

import json
import logging
from pathlib import Path
from typing import Any

import duckdb
import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


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
    told, written = done.get_artifact("run_results.json"), project.project_dir / "target" / "run_results.json"
    assert len(told["results"]) == 6
    assert told["results"] == json.loads(written.read_text())["results"]
    assert done.target_path == project.project_dir.resolve() / "target"
    assert project.cli(["ls", "--resource-type", "seed"]).result == ["bakery.products"]
    parsed = project.cli(["--quiet", "parse"], target_path=Path("elsewhere")).wait()
    assert parsed.target_path.joinpath("manifest.json").is_file()
    assert Path.cwd() == project.project_dir.resolve().parent


def test_a_failure_names_what_failed_and_what_it_held_up(project: Any) -> None:
    from prefect_support.dbt_project import DbtFailed

    models = project.project_dir / "models"
    (models / "discontinued.sql").write_text("select nothing from {{ ref('products') }}")
    (models / "child.sql").write_text("select * from {{ ref('discontinued') }}")
    args = ["run", "--select", "discontinued+", "--full-refresh"]
    project.cli(["seed"])
    (log := project.project_dir / "logs" / "dbt.log").unlink()
    with pytest.raises(DbtFailed) as caught:
        project.cli(args)
    message = str(caught.value)
    assert message.startswith(
        "dbt run --select discontinued+ --full-refresh: failed: model.bakery.discontinued ("
    )
    assert 'Referenced column "nothing" not found' in message
    assert "; skipped: model.bakery.child" in message
    assert message.endswith(f"; log: {project.project_dir.resolve()}/logs/dbt.log")
    assert "create or replace view" in log.read_text() or "create  table" in log.read_text()
    tolerated = project.cli(args, raise_on_error=False)
    assert not tolerated.is_successful()
    assert [node.status for node in tolerated.nodes] == ["error", "skipped"]

    (models / "child.sql").write_text("select * from {{ ref('nobody') }}")
    with pytest.raises(DbtFailed, match=r"depends on a node named 'nobody' which was not found"):
        project.cli(["run"])
    (models / "child.sql").unlink()
    with pytest.raises(DbtFailed, match="No such option"):
        project.cli(["run", "--no-such-option"])


def test_tests_become_checks_in_one_event_and_assets_keep_their_own_upstream(
    project: Any, prefect: str
) -> None:
    from prefect import State, flow
    from prefect.assets import materialize
    from prefect.cache_policies import NO_CACHE
    from prefect_support.dbt_models import dbt_models
    from prefect_support.dbt_project import DbtInvocation
    from prefect_support.flows import settle

    @dbt_models(project.manifest_path.resolve())
    def models(tolerant: bool) -> DbtInvocation:
        project.cli(["seed"])
        return project.cli(["build"], raise_on_error=not tolerant)

    @materialize("asset://letter", asset_deps=["asset://fct_sales"], cache_policy=NO_CACHE)
    def letter() -> None: ...

    @flow
    def job(tolerant: bool) -> State[Any]:
        future = models.submit(tolerant)
        return settle(models=future, letter=letter.submit(wait_for=[future]))

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

    payloads = [
        [event["payload"]["checks"] for event in events_of(state, prefect, "asset-checks.evaluated", 1)]
        for state in (good, strict, tolerant)
    ]
    assert [len(events) for events in payloads] == [1, 1, 1]
    assert [sum(check["passed"] for check in events[0]) for events in payloads] == [5, 2, 2]
    assert payloads[1][0][0].keys() >= {"asset", "name", "passed", "severity", "blocking", "metadata"}

    assert announced(good, prefect, 5)["asset://fct_sales"] == ["asset://products", "asset://stg_orders"]
    assert announced(good, prefect, 5)["asset://letter"] == ["asset://fct_sales"]
    assert "skipped: model.bakery.order_lines, model.bakery.fct_sales, test.bakery." in strict_reason(project)
    # what was built before the failing test is there, what dbt skipped is not
    assert sorted(announced(strict, prefect, 3)) == [
        "asset://discontinued",
        "asset://products",
        "asset://stg_orders",
    ]


def strict_reason(project: Any) -> str:
    from prefect_support.dbt_project import DbtFailed

    with pytest.raises(DbtFailed) as caught:
        project.cli(["build"])
    return str(caught.value)


def announced(state: Any, api: str, expected: int) -> dict[str, list[str]]:
    """asset → its upstream assets, as the server has them."""
    events = events_of(state, api, "prefect.asset.materialization.succeeded", expected)
    return {
        event["resource"]["prefect.resource.id"]: sorted(
            one["prefect.resource.id"] for one in event["related"] if one["prefect.resource.role"] == "asset"
        )
        for event in events
    }


def events_of(state: Any, api: str, name: str, expected: int) -> list[dict[str, Any]]:
    """The events of a run with this name, as soon as the server has as many as expected."""
    import time
    import urllib.request

    body = {
        "filter": {
            "event": {"name": [name]},
            "related": {"id": [f"prefect.flow-run.{state.state_details.flow_run_id}"]},
        },
        "limit": 50,
    }
    request = urllib.request.Request(
        f"{api}/events/filter", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    for _ in range(50):
        with urllib.request.urlopen(request) as answer:
            events: list[dict[str, Any]] = json.load(answer)["events"]
        if len(events) >= expected:
            break
        time.sleep(0.2)
    return events
