"""`migrate lineage --events URL` asks a real server what Prefect's assets were made by."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from migrate.config import load
from migrate.lineage.prefect_events import PAGE, asked
from migrate.lineage.project import lineage_of

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]

SHOP = Path(__file__).parents[1] / "lineage" / "shop"
SETTINGS = """schema = 1
name = "shop"
[legacy]
root = "shop"
module = "shop"
job = "all"
[target]
root = "target"
flow = "shop:all"
[outputs]
database = "{side}/x.duckdb"
[phases.1]
title = "all"
years = [2025]
expect_tables = 1
"""


@pytest.fixture(scope="module")
def made(prefect: str) -> Any:
    """A flow run that makes one asset and fails at another, and more events than one page holds."""
    from prefect import flow, tags
    from prefect.assets import materialize
    from prefect.events import emit_event
    from prefect.events.worker import EventsWorker

    @materialize("asset://raw/till")
    def till() -> int:
        return 3

    @materialize("asset://report")
    def report() -> None:
        raise ValueError("no paper")

    @flow
    def day() -> Any:
        from prefect.context import FlowRunContext

        till()
        report(return_state=True)
        context = FlowRunContext.get()
        assert context is not None
        assert context.flow_run is not None
        return str(context.flow_run.id)

    with tags("changeover.year=2025"):
        run = day()
    for number in range(PAGE + 5):
        emit_event(
            "prefect.asset.materialization.succeeded",
            resource={"prefect.resource.id": f"asset://many/{number}"},
        )
    EventsWorker.drain_all(timeout=10)
    return run


def test_a_live_server_tells_who_made_what(made: str, prefect: str, tmp_path: Path) -> None:
    deadline = time.monotonic() + 30
    while len({m.node for m in asked(prefect) if m.node.startswith("many/")}) < PAGE + 5:
        assert time.monotonic() < deadline, "the server does not tell all events"
        time.sleep(0.3)
    shutil.copytree(SHOP, tmp_path / "shop")
    (tmp_path / "migration.toml").write_text(SETTINGS)
    found = {m.node: m for m in lineage_of(load(tmp_path), events=prefect).runs}
    assert (found["raw/till"].ok, found["report"].ok) == (True, False)
    for node in ("raw/till", "report"):
        assert (found[node].run_id, found[node].year, found[node].side) == (made, 2025, "prefect")
    kept = lineage_of(load(tmp_path))
    assert kept.latest("raw/till") == found["raw/till"], "kept without the server"
