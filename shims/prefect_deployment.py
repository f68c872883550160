"""Starts a Prefect deployment for Dagster and follows it: `python prefect_deployment.py request.json`.

Started by path in the target's interpreter, which has Prefect 3 and nothing of ours, against the server that
PREFECT_API_URL names. A worker, or whoever serves the deployment, runs it; its log lines, materialisations
and verdicts are read back from the server and appended to the `events` file. Within one run of Dagster a
deployment is started once for a partition, however many of its assets ask for it. SIGTERM cancels it.

Exit code: 0 it completed and made what was asked for, 1 it did not, 3 something else broke.

Upstream: https://docs.prefect.io/v3/concepts/deployments and https://docs.prefect.io/v3/api-ref/rest-api
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import Any

POLL_SECONDS = 1.0
EVENT_SECONDS = 30.0
"""How long after the end events may take until the server shows them: it writes them in batches."""
CANCEL_SECONDS = 6.0
"""How long a worker may take to end a cancelled run, within the grace that our caller gives us."""
CHECKS_EVENT = "asset-checks.evaluated"
MADE = "prefect.asset.materialization.succeeded"
FINAL = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


class Cancelled(BaseException):
    """Dagster's run was cancelled: SIGTERM."""


def emit(request: dict[str, Any], event: str, **facts: Any) -> None:
    """Append one event, in whole."""
    with Path(request["events"]).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"event": event, **facts}, default=str) + "\n")


def plain_key(key: str) -> str:
    """An asset's key without its protocol."""
    return key[len("asset://") :] if key.startswith("asset://") else key


def start(client: Any, request: dict[str, Any]) -> Any:
    """The flow run: a new one, or the one that another asset of the same Dagster run started."""
    deployment = client.read_deployment_by_name(request["deployment"])
    known = set((deployment.parameter_openapi_schema or {}).get("properties", {}))
    parameters = {k: v for k, v in (request.get("parameters") or {}).items() if k in known}
    if request.get("config"):
        raise ValueError(f"deployment {request['deployment']} cannot be given an asset's configuration")
    partition = parameters.get("partition_key", "")
    return client.create_flow_run_from_deployment(
        deployment.id,
        parameters=parameters,
        tags=[f"{key}={value}" for key, value in (request.get("tags") or {}).items()],
        idempotency_key=f"{request['attempt']}:{request['deployment']}:{partition}",
    )


def follow(client: Any, run: Any, request: dict[str, Any]) -> Any:
    """Hand on its log lines until it has ended; the state it ended in."""
    offset = 0
    while True:
        state = client.read_flow_run(run.id).state
        offset = tell_logs(client, run, request, offset)
        if state is not None and state.type.value in FINAL:
            return state
        time.sleep(POLL_SECONDS)


def tell_logs(client: Any, run: Any, request: dict[str, Any], offset: int) -> int:
    """The log lines from `offset` on; where the next begin."""
    asked = {"logs": {"flow_run_id": {"any_": [str(run.id)]}}, "sort": "TIMESTAMP_ASC"}
    while True:
        answer = client._client.post("/logs/filter", json={**asked, "offset": offset, "limit": 200})
        for line in answer.json():
            emit(request, "log", level=line["level"], message=line["message"])
        offset += len(answer.json())
        if len(answer.json()) < 200:
            return offset


def events_of(client: Any, run: Any, since: str) -> list[dict[str, Any]]:
    """What its tasks told of assets and checks, as far as the server shows it by now."""
    wanted = {
        "event": {"name": [MADE, CHECKS_EVENT]},
        "related": {"id": [f"prefect.flow-run.{run.id}"]},
        "occurred": {"since": since},
        "order": "ASC",
    }
    answer = client._client.post("/events/filter", json={"filter": wanted, "limit": 50}).json()
    found = list(answer["events"])
    while answer.get("next_page"):
        answer = client._client.get(answer["next_page"]).json()
        found += answer["events"]
    return found


def told(events: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """(asset → metadata, (asset, check) → verdict)."""
    made, verdicts = {}, {}
    for event in events:
        if event["event"] == MADE:
            made[plain_key(event["resource"]["prefect.resource.id"])] = dict(event["payload"])
        else:
            for check in event["payload"]["checks"]:
                verdict = {**check, "asset": plain_key(check["asset"])}
                verdicts[verdict["asset"], verdict["name"]] = verdict
    return made, verdicts


def report(client: Any, run: Any, request: dict[str, Any], completed: bool) -> list[str]:
    """Hand on what was made and judged; the assets that were asked for and are missing."""
    assets, checks = set(request["assets"]), {(asset, name) for asset, name in request["checks"]}
    since = run.created.isoformat()
    deadline = time.monotonic() + (EVENT_SECONDS if completed else POLL_SECONDS * 8)
    while True:
        made, verdicts = told(events_of(client, run, since))
        if (assets <= set(made) and checks <= set(verdicts)) or time.monotonic() > deadline:
            break
        time.sleep(POLL_SECONDS)
    for asset in sorted(assets & set(made)):
        emit(request, "materialization", asset=asset, metadata=made[asset])
    for key in sorted(checks & set(verdicts)):
        emit(request, "check", **verdicts[key])
    return sorted(assets - set(made))


def cancel(client: Any, run: Any) -> None:
    """Ask for its cancellation, and give its worker a moment to end it."""
    from prefect.states import Cancelling

    client.set_flow_run_state(run.id, Cancelling(message="Dagster's run was cancelled"))
    deadline = time.monotonic() + CANCEL_SECONDS
    while time.monotonic() < deadline:
        state = client.read_flow_run(run.id).state
        if state is not None and state.type.value in FINAL:
            return
        time.sleep(0.3)


def end_when_asked(file: Path) -> None:
    """SIGTERM to ourselves once `file` is there."""
    while not file.exists():
        time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGTERM)


def run_it(request: dict[str, Any]) -> bool:
    """Start, follow, report; True when it completed and made all that was asked for."""
    from prefect import get_client

    with get_client(sync_client=True) as client:
        run = SimpleNamespace(id=None)
        try:
            run = start(client, request)
            emit(request, "log", level=20, message=f"deployment {request['deployment']}: flow run {run.name}")
            state = follow(client, run, request)
        except Cancelled:
            if run.id is not None:
                cancel(client, run)
            emit(request, "finished", ok=False, message="cancelled")
            return False
        missing = report(client, run, request, state.is_completed())
    ok, message = state.is_completed() and not missing, str(state.message or state.name)
    if state.is_completed() and missing:
        message = f"deployment {request['deployment']} made no {', '.join(missing)}"
    emit(request, "finished", ok=ok, message="" if ok else message, run_id=str(run.id))
    return ok


def main(request_file: str) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))

    def stop(*_: Any) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Cancelled

    signal.signal(signal.SIGTERM, stop)
    cancelling = Path(request["events"]).with_name("cancel")
    threading.Thread(target=end_when_asked, args=(cancelling,), daemon=True).start()
    try:
        return 0 if run_it(request) else 1
    except Exception as problem:
        traceback.print_exc()
        what = f"{type(problem).__name__}: {problem}"[:4000]
        emit(request, "error", message=what, stack=traceback.format_exc())
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
