"""Programs that a task runs beside itself, and that tell it what they did, in the protocol of Dagster Pipes.

Written by `migrate convert`; yours to edit.

    def orders(programs: ExternalPrograms) -> None:
        programs.run(["python", "external.py"], extras={"rows": 10})

The program goes on as it was: `dagster_pipes`, a package without dependencies, tells it the assets, the
partition and the extras; what it logs comes into the run's log, what it reports of an asset is that asset's
metadata, and its checks are published like others. A program that speaks no such protocol is just run.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import os
import subprocess
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prefect.assets import add_asset_metadata
from prefect.context import TaskRunContext
from prefect.runtime import flow_run
from pydantic import BaseModel, Field

from .validations import CheckFailed, CheckRecord, CheckSpec, publish, run_logger

EVERY = 0.2
"""Seconds between two looks at what a running program has told."""


class ExternalPrograms(BaseModel):
    """Runs programs. `env` is added to this process's environment, `cwd` is their working directory."""

    env: dict[str, str] = Field(default_factory=dict)
    cwd: str | None = None

    def run(
        self,
        command: str | Sequence[str],
        *,
        extras: Mapping[str, Any] | None = None,
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> Told:
        """Run one program to its end; what it reported is recorded by then.

        Raises RuntimeError when it ends with another code than 0, CheckFailed when a blocking check failed.
        """
        told = Told()
        with tempfile.TemporaryDirectory() as folder:
            given, messages = Path(folder, "context.json"), Path(folder, "messages.jsonl")
            given.write_text(json.dumps(facts(extras or {})), encoding="utf-8")
            messages.touch()
            joined = {
                **os.environ,
                **self.env,
                **(env or {}),
                "DAGSTER_PIPES_CONTEXT": encoded({"path": str(given)}),
                "DAGSTER_PIPES_MESSAGES": encoded({"path": str(messages)}),
            }
            process = subprocess.Popen(command, cwd=cwd or self.cwd, env=joined)
            try:
                code = told.until_the_end_of(process, messages)
            finally:
                if process.poll() is None:  # the run was cancelled
                    process.terminate()
                    process.wait()
        if code != 0:
            raise RuntimeError(f"{command} ended with code {code}{told.failure}")
        told.record()
        return told


class Told:
    """What a program told of itself: metadata of assets, results of checks, and messages of its own."""

    def __init__(self) -> None:
        self.metadata: dict[str, dict[str, Any]] = {}
        self.checks: list[CheckRecord] = []
        self.failure = ""
        self._custom: list[Any] = []

    def get_custom_messages(self) -> Sequence[Any]:
        """What it reported as custom messages."""
        return tuple(self._custom)

    def until_the_end_of(self, process: subprocess.Popen[bytes], messages: Path) -> int:
        """Hear what a program writes while it runs; the code it ends with."""
        code, waiting = None, ""
        with messages.open(encoding="utf-8") as lines:
            while code is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    code = process.wait(timeout=EVERY)
                *whole, waiting = (waiting + lines.read()).split("\n")
                for line in whole:
                    self.hear(json.loads(line))
        return code

    def hear(self, message: Mapping[str, Any]) -> None:
        """One message, as the protocol has it."""
        method, params = message.get("method"), message.get("params") or {}
        if method == "log":
            level = getattr(logging, str(params["level"]), logging.INFO)
            run_logger().log(level, "%s", params["message"])
        elif method == "report_asset_materialization":
            self.metadata.setdefault(_key(params), {}).update(_plain(params.get("metadata") or {}))
        elif method == "report_asset_check":
            self.checks.append(_check(params))
        elif method == "report_custom_message":
            self._custom.append(params["payload"])
        elif method == "closed" and params.get("exception"):
            self.failure = f": {str(params['exception'].get('message')).strip()}"

    def record(self) -> None:
        """Hand it to Prefect. Raises CheckFailed when a check that blocks has failed."""
        for key, metadata in self.metadata.items():
            add_asset_metadata(key, metadata)
        if self.checks:
            publish(self.checks)
        if any(check.stops_downstream for check in self.checks):
            raise CheckFailed(self.checks)


def facts(extras: Mapping[str, Any]) -> dict[str, Any]:
    """What the protocol tells a program of the task that runs it."""
    keys = _keys() or None
    partition = (flow_run.parameters or {}).get("partition_key")
    context = TaskRunContext.get()
    return {
        "asset_keys": keys,
        "code_version_by_asset_key": dict.fromkeys(keys) if keys else None,
        "provenance_by_asset_key": dict.fromkeys(keys) if keys else None,
        "partition_key": partition,
        "partition_key_range": {"start": partition, "end": partition} if partition else None,
        "partition_time_window": None,
        "run_id": str(flow_run.id or ""),
        "job_name": flow_run.flow_name,
        "retry_number": max(context.task_run.run_count - 1, 0) if context else 0,
        "extras": dict(extras),
    }


def _keys() -> list[str]:
    context = TaskRunContext.get()
    assets = getattr(context.task, "assets", None) if context else None
    return [str(asset.key).removeprefix("asset://") for asset in assets or ()]


def _key(params: Mapping[str, Any]) -> str:
    own = _keys()
    if params.get("asset_key") is None and len(own) != 1:
        raise ValueError("a program that makes several assets has to say which one it speaks of")
    return f"asset://{params.get('asset_key') or own[0]}"


def _check(params: Mapping[str, Any]) -> CheckRecord:
    context = TaskRunContext.get()
    declared: Sequence[CheckSpec] = getattr(context.task, "checks", ()) if context else ()
    name, asset = params["check_name"], _key(params)
    spec = next((s for s in declared if (s.name, s.asset) == (name, asset)), CheckSpec(name, asset))
    return CheckRecord(
        asset=asset,
        name=name,
        passed=bool(params["passed"]),
        severity=str(params.get("severity") or "ERROR").upper(),
        blocking=spec.blocking,
        description=None,
        metadata=_plain(params.get("metadata") or {}),
    )


def _plain(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata as values: the protocol may name the type of each beside it."""
    typed = {"raw_value", "type"}
    return {k: v["raw_value"] if isinstance(v, dict) and set(v) == typed else v for k, v in metadata.items()}


def encoded(value: Any) -> str:
    """A value as the protocol hands it over in a variable of the environment."""
    return base64.b64encode(zlib.compress(json.dumps(value).encode("utf-8"))).decode("utf-8")
