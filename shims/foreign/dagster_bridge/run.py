"""The run."""

from __future__ import annotations

import contextlib
import fcntl
import os
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .asked import asset_job, load_repository, partition_tags, partitions_of, run_config, wanted
from .follower import Follower
from .handover import save_value, store_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..events import Events


def execute(request: dict[str, Any], events: Events) -> bool:
    """One run of what is asked for; True when Dagster says it succeeded."""
    from dagster import DagsterInstance
    from dagster._core.execution.api import execute_run_iterator

    recon, repository = load_repository(request)
    assets, checks = wanted(request, repository)
    name = request.get("job") or asset_job(repository, assets, checks)
    part: dict[str, Any] = {}
    if not request.get("job"):
        part = {"asset_selection": frozenset(assets), "asset_check_selection": frozenset(checks)}
    whole = recon.get_reconstructable_job(name)
    chosen = whole.get_subset(**part) if part else whole
    job = chosen.get_definition()
    with one_at_a_time(os.environ["DAGSTER_HOME"]):
        opened = DagsterInstance.get()
    with opened as instance:
        tags = partition_tags(request, partitions_of(repository, job, assets, checks), instance)
        tags = {**(job.tags or {}), **tags, **request.get("tags", {})}
        config = run_config(request, job, tags)
        store_values(repository, request, instance)
        run_id = str(uuid.uuid4())
        origin = {"job_code_origin": whole.get_python_origin()}
        run = instance.create_run_for_job(job, run_id=run_id, run_config=config, tags=tags, **origin)
        events.emit("started", run_id=run_id, job=name)
        follower = Follower(instance, run, events, Path(request["cancel_file"]))
        follower.start()
        try:
            # The part is the job: a run that names a selection of its own would get all checks besides.
            for _ in execute_run_iterator(chosen, run, instance):
                pass
        finally:
            follower.finish()
        status = instance.get_run_by_id(run_id).status.value
        ok = bool(status == "SUCCESS")
        if ok and request.get("value_file"):
            save_value(repository, request, tags, instance)
    events.emit("finished", ok=ok, status=status, run_id=run_id)
    return ok


@contextlib.contextmanager
def one_at_a_time(home: str) -> Iterator[None]:
    """Two runs that open a new DAGSTER_HOME at once would both create its tables, and one would fail."""
    with Path(home, ".bridge.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
