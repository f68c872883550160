"""Prefect tasks and flows whose work Dagster does, in the legacy interpreter: for what is not converted yet.

    orders = bridge_asset(["shop/orders"], asset_deps=["asset://raw/orders"], source="shop/assets.py:12")
    orders_ok = bridge_check("shop/orders", "orders_ok", blocking=True)
    nightly = bridge_job("nightly")

Same partition, config, resources and IO managers; Dagster's asset metadata becomes the Prefect
asset's, check verdicts are sent as converted checks send them, a blocking check that fails stops what
is downstream, log lines appear one by one in the run's logger, a failure carries Dagster's message
and stack, and a cancelled task cancels Dagster's run. The legacy side (folder, module, interpreter)
is read from `migration.toml` when a task runs, never at import.

Upstream: https://docs.prefect.io/v3/concepts/assets and https://docs.prefect.io/v3/concepts/tasks
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import json
import logging
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect import Flow, State, Task, get_run_logger
from prefect.assets import Asset
from prefect.cache_policies import NO_CACHE
from prefect.context import AssetContext
from prefect.events import emit_event
from prefect.runtime import flow_run, task_run
from prefect.states import Completed
from prefect.tasks import MaterializingTask

from shims.bridge_process import BridgeRun, find_legacy

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


@dataclass(frozen=True)
class BridgedCheck:
    """One check: its asset (`asset://…`), its name, whether its failure stops what is downstream."""

    name: str
    asset: str
    blocking: bool = False


@dataclass
class Told:
    """What Dagster told of one run."""

    made: list[str] = field(default_factory=list)
    checks: list[dict[str, Any]] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    ok: bool = False
    status: str = ""


class BridgeTask(MaterializingTask[..., Any]):
    """A task that materialises assets through Dagster; `checks` are those its function evaluates itself."""

    checks: tuple[BridgedCheck, ...] = ()


class BridgeCheckTask(Task[..., Any]):
    """A task that evaluates one check through Dagster."""

    checks: tuple[BridgedCheck, ...] = ()


def bridge_asset(
    keys: Sequence[str],
    *,
    asset_deps: Sequence[str] = (),
    checks: Sequence[BridgedCheck] = (),
    name: str = "",
    value: bool = False,
    source: str = "",
    config_file: str | Path = "",
    **task_options: Any,
) -> BridgeTask:
    """A task that has Dagster materialise one asset, or the several of one multi-asset.

    Args:
        keys: asset keys, their parts joined by slashes, without `asset://`.
        asset_deps: what they are made of, as Prefect's `asset_deps`.
        checks: the checks that the asset's own function evaluates.
        name: the task's name; default: the first key, joined by two underscores as Dagster's steps are.
        value: whether the task returns the asset's value, read back through Dagster's IO manager (one key
            only; the value is pickled, so both interpreters must know its class).
        source: where the legacy code stands (`file:line`), for messages.
        config_file: migration.toml; default: CHANGEOVER_CONFIG, else searched from the caller's file upwards.
        task_options: those of `prefect.task`.

    The task takes `partition_key`, `config` (the configuration of the asset's op) and `values`: by key, the
    values of upstream assets that Prefect made and Dagster's IO manager has not got. They are pickled.
    """
    if value and len(keys) != 1:
        raise ValueError("only a task of one asset can return a value")
    near = str(config_file) or sys._getframe(1).f_code.co_filename
    task = BridgeTask(
        fn=materialising(keys, near, source, value),
        assets=[Asset(key=as_asset(key)) for key in keys],
        asset_deps=list(asset_deps) or None,
        name=name or keys[0].replace("/", "__"),
        description=f"Run by Dagster{f' ({source})' if source else ''}: {', '.join(keys)}",
        **options("asset", task_options),
    )
    task.checks = tuple(checks)
    return task


def materialising(keys: Sequence[str], near: str, source: str, value: bool) -> Callable[..., Any]:
    """The body of a task of `bridge_asset`."""

    def materialise(
        partition_key: str | None = None, config: Any = None, values: Mapping[str, Any] | None = None
    ) -> Any:
        request = {"assets": list(keys), "partition_key": partition_key, "config": plain_config(config)}
        with BridgeRun(find_legacy(near), request, value=value) as run:
            run.hand_over(values or {})
            told = follow(run, source)
            conclude(told, source)
            return pickle.loads(run.value_file.read_bytes()) if value else None  # noqa: S301 - our own run's

    return materialise


def bridge_check(
    asset: str,
    name: str,
    *,
    blocking: bool = False,
    source: str = "",
    config_file: str | Path = "",
    **task_options: Any,
) -> BridgeCheckTask:
    """A task that has Dagster evaluate one check of an asset; the arguments are those of `bridge_asset`."""
    near = str(config_file) or sys._getframe(1).f_code.co_filename
    spec = BridgedCheck(name, as_asset(asset), blocking)

    def judge(
        partition_key: str | None = None, config: Any = None, values: Mapping[str, Any] | None = None
    ) -> State[Any]:
        request = {"checks": [[asset, name]], "partition_key": partition_key, "config": plain_config(config)}
        with BridgeRun(find_legacy(near), request) as run:
            run.hand_over(values or {})
            told = follow(run, source, {(asset, name): blocking})
        if not told.checks and told.ok:
            raise BridgeFailed(f"Dagster ran the check {name} of {asset} and gave no verdict")
        return conclude(told, source)

    task = BridgeCheckTask(
        fn=judge,
        name=name,
        description=f"Evaluated by Dagster{f' ({source})' if source else ''}: {asset} {name}",
        **options("check", task_options),
    )
    task.checks = (spec,)
    return task


def bridge_job(
    job: str, *, source: str = "", config_file: str | Path = "", **flow_options: Any
) -> Flow[..., Any]:
    """A flow that has Dagster run one job. It takes `partition_key` and `run_config` (the whole run's)."""
    near = str(config_file) or sys._getframe(1).f_code.co_filename

    def execute(partition_key: str | None = None, run_config: Mapping[str, Any] | None = None) -> Any:
        request = {"job": job, "partition_key": partition_key, "config": plain_config(run_config)}
        with BridgeRun(find_legacy(near), request) as run:
            told = follow(run, source)
        return conclude(told, source)

    step: Task[..., Any] = Task(fn=execute, name=f"dagster_{job}", **options("job", {}))

    def body(partition_key: str | None = None, run_config: dict[str, Any] | None = None) -> Any:
        return step(partition_key, run_config, return_state=True)

    where = f" ({source})" if source else ""
    return Flow(fn=body, **{"name": job, "description": f"Run by Dagster{where}: {job}", **flow_options})


def options(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A bridged task's options: never from a cache, and recognisable in the UI."""
    tags = {"bridged", *(["asset-check"] if kind == "check" else []), *given.get("tags", ())}
    return {"cache_policy": NO_CACHE, **given, "tags": tags}


def as_asset(key: str) -> str:
    """A Dagster key as a Prefect asset key."""
    return key if "://" in key else f"asset://{key}"


def plain_config(config: Any) -> dict[str, Any] | None:
    """A configuration as JSON: a mapping, or a converted `Config` model."""
    if config is None:
        return None
    dump: Callable[..., Any] | None = getattr(config, "model_dump", None)
    found: dict[str, Any] = json.loads(json.dumps(dump(mode="json") if dump else dict(config)))
    return found


# ---- one run, followed -------------------------------------------------------------------------


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
