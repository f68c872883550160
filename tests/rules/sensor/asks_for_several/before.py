import os

from dagster import Definitions, RunRequest, SensorEvaluationContext, SkipReason, define_asset_job, asset, sensor


@asset
def orders() -> int:
    return 1


nightly = define_asset_job("nightly", selection=[orders])


@sensor(job=nightly)
def files(context: SensorEvaluationContext):
    found = sorted(os.listdir("incoming"))
    if not found:
        return SkipReason("nothing there")
    return [RunRequest(run_key=name) for name in found]


@sensor(job=nightly)
def folders(context: SensorEvaluationContext):
    requests = []
    for name in sorted(os.listdir("incoming")):
        requests.append(RunRequest(run_key=name))
    return requests


@sensor(job=nightly)
def one_or_all(context: SensorEvaluationContext):
    if context.cursor is None:
        return RunRequest(run_key="first")
    return [RunRequest(run_key="second"), RunRequest(run_key="third")]


defs = Definitions(assets=[orders], jobs=[nightly], sensors=[files, folders, one_or_all])
