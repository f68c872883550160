"""One run of Dagster, followed by the Prefect task that it is done for."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from prefect import State, get_run_logger
from prefect.context import AssetContext
from prefect.events import emit_event
from prefect.runtime import flow_run, task_run
from prefect.states import Completed

from shims.bridge_process import BridgeRun

CHECKS_EVENT = "asset-checks.evaluated"
"""The event of converted checks (prefect_support/validations.py): the ledger reads both."""


class BridgeFailed(RuntimeError):
    """Dagster's run failed. The message is the failed step's own; `stack` is Dagster's, in whole."""

    def __init__(self, message: str, stack: str = "") -> None:
        super().__init__(message)
        self.stack = stack
        if stack:
            self.add_note(f"Dagster's stack:\n{stack}")


class BlockingCheckFailed(RuntimeError):
    """A blocking check failed with severity ERROR: what waits for it does not run."""


@dataclass
class Told:
    """What Dagster told of one run."""

    made: list[str] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    ok: bool = False
    status: str = ""


def as_asset(key: str) -> str:
    """A Dagster key as a Prefect asset key."""
    return key if "://" in key else f"asset://{key}"


def follow(run: BridgeRun, source: str, blocking: Mapping[tuple[str, str], bool] | None = None) -> Told:
    """Start Dagster's run and hand on all it says while it goes on; ends it when the task is cancelled.

    Raises:
        BridgeFailed: there was no run at all: it does not load, or what is asked for is not there.
    """
    logger, told = get_run_logger(), Told()
    logger.info(f"Dagster runs {run.words}{f' ({source})' if source else ''}")
    tags = {
        "changeover.prefect_flow_run": str(flow_run.id or ""),
        "changeover.prefect_task_run": str(task_run.id),
    }
    run.start(tags)
    cancelled = cancellation()
    for event in run.events(cancelled):
        take(event, told, logger, blocking or {})
    if told.ok and run.exit != 0:
        told.ok = False
        told.failures.append((f"the legacy interpreter ended with exit code {run.exit}", ""))
    if cancelled():
        raise BridgeFailed("the task was cancelled, and Dagster's run with it")
    if not told.ok and not told.failures:
        said = f": {run.last_words}" if run.last_words else ""
        told.failures.append((f"the legacy interpreter ended with exit code {run.exit}{said}", ""))
    return told


def take(event: dict[str, Any], told: Told, logger: Any, blocking: Mapping[tuple[str, str], bool]) -> None:
    """One event of Dagster's run: logged, noted, or attached to the Prefect asset."""
    kind = event.get("event")
    if kind == "log":
        logger.log(int(event.get("level") or logging.INFO), str(event.get("message", "")))
    elif kind == "materialization":
        told.made.append(event["asset"])
        attach(event)
    elif kind == "check":
        verdict = {key: value for key, value in event.items() if key != "event"}
        declared = blocking.get((event["asset"], event["name"]))
        verdict["blocking"] = bool(event["blocking"] if declared is None else declared)
        told.checks.append({**verdict, "asset": as_asset(event["asset"])})
    elif kind in ("failure", "error") and not (event.get("run") and told.failures):
        told.failures.append(
            (f"{event.get('step') or 'Dagster'}: {event['message']}", event.get("stack", ""))
        )
    elif kind == "finished":
        told.ok, told.status = bool(event["ok"]), str(event["status"])


def attach(event: Mapping[str, Any]) -> None:
    """Dagster's metadata of an asset, on the Prefect asset of the running task."""
    context, key = AssetContext.get(), as_asset(event["asset"])
    facts = dict(event.get("metadata") or {})
    if event.get("partition"):
        facts["partition"] = event["partition"]
    if context and facts and key in {asset.key for asset in context.downstream_assets}:
        context.add_asset_metadata(key, facts)


def conclude(told: Told, source: str) -> State[Any]:
    """Send the verdicts, then end as Dagster ended.

    Raises:
        BlockingCheckFailed: a blocking check failed with severity ERROR.
        BridgeFailed: Dagster's run failed otherwise.
    """
    publish(told.checks)
    stopping = [c for c in told.checks if c["blocking"] and not c["passed"] and c["severity"] == "ERROR"]
    if stopping:
        names = ", ".join(f"{c['asset']} {c['name']}" for c in stopping)
        raise BlockingCheckFailed(f"blocking check failed with severity ERROR: {names}")
    if not told.ok:
        message, stack = told.failures[0]
        raise BridgeFailed(f"{message}{f' ({source})' if source else ''}", stack)
    only_made(told)
    failed = [c for c in told.checks if not c["passed"]]
    if not failed:
        return Completed(data=told.checks, message=f"Dagster's run succeeded: {len(told.made)} materialized")
    worst = "CheckFailed" if any(c["severity"] == "ERROR" for c in failed) else "CheckWarned"
    return Completed(
        data=told.checks, name=worst, message=", ".join(f"{c['asset']} {c['name']}" for c in failed)
    )


def only_made(told: Told) -> None:
    """Announce only the assets that Dagster did materialise: an optional output may have been left out."""
    context = AssetContext.get()
    if context is None:
        return
    made = {as_asset(key) for key in told.made}
    for asset in [a for a in context.downstream_assets if a.key not in made]:
        get_run_logger().warning(f"Dagster did not materialise {asset.key}")
        context.downstream_assets.discard(asset)


def publish(checks: Sequence[Mapping[str, Any]]) -> None:
    """Log every verdict, and send them all in one event."""
    logger = get_run_logger()
    for check in checks:
        level = logging.INFO if check["passed"] else logging.ERROR
        level = logging.WARNING if check["severity"] == "WARN" and not check["passed"] else level
        outcome = "passed" if check["passed"] else "warned" if level == logging.WARNING else "failed"
        logger.log(level, f"check {outcome}: {check['asset']} {check['name']}")
    if checks and task_run.id:
        emit_event(
            CHECKS_EVENT,
            resource={"prefect.resource.id": f"prefect.task-run.{task_run.id}"},
            payload={"checks": [dict(check) for check in checks]},
        )


def cancellation() -> Callable[[], bool]:
    """Whether the running task has been cancelled.

    Prefect tells a task's thread through its engine only, which a body is not handed: it is found
    among the callers. Where it is not, a cancelled flow ends with its process, and Dagster with it.
    """
    frame = sys._getframe(1)
    while frame is not None:
        asked = getattr(frame.f_locals.get("engine"), "is_cancelled", None)
        if callable(asked):
            return lambda: bool(asked())
        frame = frame.f_back  # type: ignore[assignment]
    return lambda: False
