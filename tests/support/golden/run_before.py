"""Run the Dagster side of the example and write down what each run left, as JSON."""

import json
import sys

from bakery.definitions import defs
from dagster import DagsterInstance

from left_behind import left_behind, put_orders


def run(instance, year: str, factor: float, orders: list) -> dict:
    put_orders(year, orders)
    config = {"ops": {"bakery_models": {"config": {"price_factor": factor}}}}
    done = defs.resolve_job_def("bake_year").execute_in_process(
        partition_key=year, run_config=config, instance=instance, raise_on_error=False
    )
    steps = {event.step_key: event.event_type_value for event in done.all_events if event.is_step_event}
    checks = [
        [e.asset_key.to_user_string(), e.check_name, e.passed, e.severity.value, e.blocking]
        for e in done.get_asset_check_evaluations()
    ]
    return {"success": done.success, "steps": steps, "checks": sorted(checks), **left_behind()}


def main(plan: str, report: str) -> None:
    with DagsterInstance.ephemeral() as instance:
        reports = [run(instance, *arguments) for arguments in json.loads(plan)]
    with open(report, "w") as file:
        json.dump(reports, file)


main(*sys.argv[1:])
