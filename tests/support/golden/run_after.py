"""Run the Prefect side of the example and write down what each run left, as JSON."""

import json
import sys
import time

from bakery.assets import PriceConfig
from bakery.jobs import bake_year
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.sorting import TaskRunSort
from prefect_support import validations

from left_behind import left_behind, put_orders

STEPS = (8, 4, 3)  # how many begin in each run of the plan
records = []
publish = validations.publish
validations.publish = lambda given: (records.extend(given), publish(given))


def run(client, begin: int, year: str, factor: float, orders: list) -> dict:
    put_orders(year, orders)
    records.clear()
    state = bake_year(year, PriceConfig(price_factor=factor), return_state=True)
    mine = FlowRunFilter(id={"any_": [state.state_details.flow_run_id]})
    steps = {}
    deadline = time.monotonic() + 60
    while (
        len(steps) < begin and time.monotonic() < deadline
    ):  # the server writes them after the flow has ended
        time.sleep(0.3)
        runs = client.read_task_runs(flow_run_filter=mine, limit=200, sort=TaskRunSort.ID_DESC)
        own = [r for r in runs if not any(tag.startswith("dbt:") for tag in r.tags)]  # dbt's nodes are none
        steps = {r.name.rsplit("-", 1)[0]: r.state_name for r in own if r.state and r.state.is_final()}
    checks = [[r.asset.removeprefix("asset://"), r.name, r.passed, r.severity, r.blocking] for r in records]
    said = {"success": state.is_completed(), "message": state.message, "steps": steps}
    return {**said, "checks": sorted(checks), **left_behind()}


def main(plan: str, report: str) -> None:
    with get_client(sync_client=True) as client:
        reports = [run(client, n, *each) for n, each in zip(STEPS, json.loads(plan), strict=True)]
    with open(report, "w") as file:
        json.dump(reports, file)


main(*sys.argv[1:])
