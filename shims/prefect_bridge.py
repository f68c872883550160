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
import pickle
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect import Flow, State, Task
from prefect.assets import Asset
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask

from shims.bridge_process import BridgeRun, find_legacy
from shims.prefect_bridged_run import BridgeFailed, as_asset, conclude, follow


@dataclass(frozen=True)
class BridgedCheck:
    """One check: its asset (`asset://…`), its name, whether its failure stops what is downstream."""

    name: str
    asset: str
    blocking: bool = False


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

    The task takes `partition_key`, `config` (that of the asset's op) and `values`: what Prefect made, by key.
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


def plain_config(config: Any) -> dict[str, Any] | None:
    """A configuration as JSON: a mapping, or a converted `Config` model."""
    if config is None:
        return None
    dump: Callable[..., Any] | None = getattr(config, "model_dump", None)
    found: dict[str, Any] = json.loads(json.dumps(dump(mode="json") if dump else dict(config)))
    return found


# ---- one run, followed -------------------------------------------------------------------------
