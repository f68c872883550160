"""Runs a part of a legacy project in its own interpreter: `python dagster_bridge.py request.json`.

Started by path in an environment that has Dagster (1.7 to the newest) and nothing of ours: assets,
one check, or one job, as a real run of the instance that DAGSTER_HOME names, with the project's own
executor, resources and IO managers. All that the run's event log says is appended to the `events`
file of the request as it happens. It also says when a schedule ticks next, and what it asks for.

Exit code: 0 the run succeeded, 1 it failed or was cancelled, 3 something else broke.

Upstream: https://docs.dagster.io/api/dagster/execution and https://docs.dagster.io/api/dagster/internals
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import importlib
import json
import logging
import os
import pickle
import signal
import sys
import threading
import time
import traceback
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

POLL_SECONDS = 0.4
UTC = dt.timezone.utc  # noqa: UP017 - a legacy interpreter may be older than 3.11
IMPLICIT = ("__asset_job", "__anonymous_asset_job")


class Events:
    """The events file: one JSON object a line, written through at once."""

    def __init__(self, path: str) -> None:
        self._file = Path(path).open("a", encoding="utf-8", buffering=1)  # noqa: SIM115 - open until exit
        self._lock = threading.Lock()

    def emit(self, event: str, **facts: Any) -> None:
        """Append one event, in whole."""
        line = json.dumps({"event": event, **facts}, default=str)
        with self._lock:
            self._file.write(line + "\n")
            self._file.flush()


# ---- what is asked for -------------------------------------------------------------------------


def load_repository(request: dict[str, Any]) -> tuple[Any, Any]:
    """(how a child process loads it again, the repository itself)."""
    from dagster._core.definitions.reconstruct import ReconstructableRepository

    module, attribute = request["module"], request.get("attribute", "")
    if not attribute:
        from dagster._core.workspace.autodiscovery import loadable_targets_from_loaded_module

        found = loadable_targets_from_loaded_module(importlib.import_module(module))
        if len(found) != 1:
            names = ", ".join(target.attribute for target in found) or "nothing"
            raise LookupError(f"module {module} holds {names} to deploy; name one as legacy.attribute")
        attribute = found[0].attribute
    recon = ReconstructableRepository.for_module(module, attribute, request["root"])
    return recon, recon.get_definition()


def path(key: Any) -> str:
    """An asset key as one text."""
    return "/".join(key.path)


def wanted(request: dict[str, Any], repository: Any) -> tuple[set[Any], set[Any]]:
    """(assets, checks) of the request; checks that an asset's own function makes come with the asset.

    Raises:
        LookupError: Dagster knows no such asset or check, or cannot run it.
    """
    from dagster import AssetKey

    graph = repository.asset_graph
    assets = {AssetKey(name.split("/")) for name in request.get("assets", ())}
    checks = set()
    for key in assets:
        if key not in all_keys(graph) or not graph.get(key).is_executable:
            raise LookupError(f"Dagster can run no asset {path(key)}: it is not deployed")
        checks |= set(getattr(graph.get(key).assets_def, "check_keys", ()))
    for asset, name in request.get("checks", ()):
        found = [k for k in graph.asset_check_keys if path(k.asset_key) == asset and k.name == name]
        if not found:
            raise LookupError(f"Dagster can run no check {name} of {asset}: it is not deployed")
        checks.update(found)
    return assets, checks


def all_keys(graph: Any) -> set[Any]:
    """Every asset key of the graph; the accessor was renamed in 1.8."""
    newer = getattr(graph, "get_all_asset_keys", None)
    return set(newer() if newer else graph.all_asset_keys)


def asset_job(repository: Any, assets: set[Any], checks: set[Any]) -> str:
    """The name of the job Dagster itself makes for materialising by hand, that holds all of these."""
    names = repository.get_implicit_asset_job_names()
    for name in names:
        layer = repository.get_job(name).asset_layer
        graph = getattr(layer, "asset_graph", None)
        if graph is None:
            return str(name)
        if assets <= all_keys(graph) and checks <= set(graph.asset_check_keys):
            return str(name)
    raise LookupError("these assets cannot be run together: their partitions differ")


def partition_tags(request: dict[str, Any], definition: Any, instance: Any) -> dict[str, str]:
    """The tags Dagster gives a run of this partition; none for what has no partitions.

    Raises:
        ValueError: it has partitions and none was named, or one that is not there.
    """
    key = str(request.get("partition_key") or "")
    if definition is None:
        return {}
    if not key:
        raise ValueError("it has partitions: call it with partition_key=…")
    if key not in definition.get_partition_keys(dynamic_partitions_store=instance):
        raise ValueError(f"'{key}' is no partition of it")
    return dict(definition.get_tags_for_partition_key(key))


def partitions_of(repository: Any, job: Any, assets: set[Any], checks: set[Any]) -> Any:
    """The partitions of what is run: of the assets, of a check's asset, else of the job."""
    keys = assets or {check.asset_key for check in checks}
    if keys:
        known = [k for k in sorted(keys, key=path) if k in all_keys(repository.asset_graph)]
        return next((p for k in known if (p := repository.asset_graph.get(k).partitions_def)), None)
    layer, found = job.asset_layer, getattr(job, "partitions_def", None)
    for key in sorted(getattr(layer, "executable_asset_keys", ()) or (), key=str):
        found = found or layer.get(key).partitions_def
    return found


def run_config(request: dict[str, Any], job: Any, tags: dict[str, str]) -> dict[str, Any]:
    """The run's configuration; `config` of an asset or a check is that of its op."""
    given = request.get("config") or {}
    if request.get("job"):
        if not given and job.partitioned_config is not None and "dagster/partition" in tags:
            given = job.partitioned_config.get_run_config_for_partition_key(request["partition_key"])
        return dict(given)
    if not given:
        return {}
    # A part of the graph is run, so that its nodes are the ops asked for and no other.
    return {"ops": {node.name: {"config": given} for node in job.nodes}}


# ---- the run -----------------------------------------------------------------------------------


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


def save_value(repository: Any, request: dict[str, Any], tags: dict[str, str], instance: Any) -> None:
    """Load what was made through the asset's own IO manager and pickle it for the other interpreter."""
    from dagster import AssetKey

    key = AssetKey(request["assets"][0].split("/"))
    value = repository.load_asset_value(key, instance=instance, partition_key=tags.get("dagster/partition"))
    Path(request["value_file"]).write_bytes(pickle.dumps(value, protocol=4))


def store_values(repository: Any, request: dict[str, Any], instance: Any) -> None:
    """Store what Prefect made and handed over by the asset's own IO manager: there the run looks for it.

    An ephemeral instance with the real one's storage does it: no run, no event claims it was Dagster.

    Raises:
        LookupError: Dagster does not know the asset, or cannot read the value.
    """
    from dagster import AssetKey, DagsterInstance, materialize

    for name, file in (request.get("values") or {}).items():
        key = AssetKey(name.split("/"))
        if key not in all_keys(repository.asset_graph):
            raise LookupError(f"Dagster knows no asset {name}, whose value is handed over")
        try:
            value = pickle.loads(Path(file).read_bytes())  # noqa: S301 - written by our own side
        except Exception as problem:
            said = f"the value of {name} cannot be read by Dagster's interpreter"
            raise LookupError(f"{said}: {type(problem).__name__}: {problem}") from problem
        definition = repository.asset_graph.get(key).assets_def
        partition = request.get("partition_key") if definition.partitions_def is not None else None
        storage = str(Path(instance.storage_directory()).parent)
        with DagsterInstance.ephemeral(tempdir=storage) as ephemeral:
            materialize(
                [holder(definition, key, value, partition)],
                instance=ephemeral,
                partition_key=partition,
                resources=dict(definition.resource_defs),
            )


def holder(definition: Any, key: Any, value: Any, partition: Any) -> Any:
    """The asset as it is stored, with a body that has its value already."""
    from dagster import DynamicPartitionsDefinition, StaticPartitionsDefinition, asset

    partitions = definition.partitions_def
    if isinstance(partitions, DynamicPartitionsDefinition):  # its keys are known to the real instance only
        partitions = StaticPartitionsDefinition([partition])

    @asset(
        key=key,
        partitions_def=partitions,
        io_manager_key=definition.get_io_manager_key_for_asset_key(key),
        metadata=definition.metadata_by_key.get(key),
    )
    def made_by_prefect():  # type: ignore[no-untyped-def]
        return value

    return made_by_prefect


class Follower(threading.Thread):
    """Reads one run's event log while it happens, whoever writes it; cancels the run when told to."""

    def __init__(self, instance: Any, run: Any, events: Events, cancel_file: Path) -> None:
        super().__init__(daemon=True)
        self._instance, self._run, self._run_id, self._events = instance, run, run.run_id, events
        self._cancel_file = cancel_file
        self._cancelled = False
        self._cursor: Any = None
        self._over = threading.Event()

    def run(self) -> None:
        """Poll until told to finish."""
        while not self._over.wait(POLL_SECONDS):
            with contextlib.suppress(Exception):  # a locked log is read the next time, or at the end
                if self._cancel_file.exists() and not self._cancelled:
                    self._cancelled = True
                    # As Dagster's own launcher does it: else the run would count as failed, not as cancelled.
                    self._instance.report_run_canceling(self._run)
                    os.kill(os.getpid(), signal.SIGINT)
                self._drain()

    def finish(self) -> None:
        """Stop polling and read what is left, for certain."""
        self._over.set()
        self.join()
        self._drain()

    def _drain(self) -> None:
        more = True
        while more:
            page = self._instance.get_records_for_run(self._run_id, cursor=self._cursor, limit=500)
            for record in page.records:
                tell(record.event_log_entry, self._events)
            self._cursor, more = page.cursor, page.has_more


def tell(entry: Any, events: Events) -> None:
    """One entry of the event log, as the other side wants it."""
    event, step = entry.dagster_event, entry.step_key
    if event is None:
        level = entry.level if isinstance(entry.level, int) else logging.INFO
        events.emit("log", level=level, step=step, message=entry.user_message)
        return
    kind, facts = event.event_type_value, event.event_specific_data
    if kind == "ASSET_MATERIALIZATION":
        made = facts.materialization
        events.emit(
            "materialization",
            asset=path(made.asset_key),
            partition=made.partition,
            description=made.description,
            metadata={name: plain(value) for name, value in made.metadata.items()},
        )
    elif kind == "ASSET_CHECK_EVALUATION":
        events.emit("check", **check(facts))
    elif kind in ("STEP_FAILURE", "RUN_FAILURE", "PIPELINE_FAILURE"):
        events.emit("failure", step=step, message=reason(event), stack=stack(facts), run=step is None)
    elif kind in ("STEP_START", "STEP_SUCCESS", "STEP_SKIPPED"):
        events.emit("step", step=step, what=kind[5:].lower())
    elif kind in ("STEP_UP_FOR_RETRY", "RUN_CANCELED", "PIPELINE_CANCELED"):
        events.emit("log", level=logging.WARNING, step=step, message=entry.message)


def check(evaluation: Any) -> dict[str, Any]:
    """A check's verdict with its metadata."""
    return {
        "asset": path(evaluation.asset_key),
        "name": evaluation.check_name,
        "passed": bool(evaluation.passed),
        "severity": evaluation.severity.value,
        "blocking": getattr(evaluation, "blocking", None),
        "description": getattr(evaluation, "description", None),
        "metadata": {name: plain(value) for name, value in evaluation.metadata.items()},
    }


def plain(value: Any) -> Any:
    """A metadata value as JSON can carry it."""
    inner = getattr(value, "value", value)
    return json.loads(json.dumps(inner, default=str))


def innermost(error: Any) -> Any:
    """The error that started it: Dagster wraps the user's own."""
    while error is not None and getattr(error, "cause", None) is not None:
        error = error.cause
    return error


def reason(event: Any) -> str:
    """The innermost error's own words, else the event's."""
    error = innermost(getattr(event.event_specific_data, "error", None))
    return str((error.message if error is not None else event.message) or "").strip()


def stack(facts: Any) -> str:
    """The stack of a failure as Dagster shows it; empty when it has none."""
    error = getattr(facts, "error", None)
    return str(error.to_string()) if error is not None else ""


# ---- schedules ---------------------------------------------------------------------------------


def ticks(request: dict[str, Any]) -> dict[str, Any]:
    """The ticks of a schedule between two moments, and the next one with what it asks for."""
    from dagster._utils.schedules import schedule_execution_time_iterator

    _, repository = load_repository(request)
    names = [s.name for s in repository.schedule_defs]
    if request["schedule"] not in names:
        raise LookupError(
            f"there is no schedule {request['schedule']}; there are: {', '.join(names) or 'none'}"
        )
    definition = repository.get_schedule_def(request["schedule"])
    zone = definition.execution_timezone or "UTC"
    found, past = [], []
    for local in schedule_execution_time_iterator(request["after"], definition.cron_schedule, zone):
        if local.timestamp() <= request["after"]:
            continue
        past.append(local)
        if local.timestamp() > request["until"] or len(past) >= request["most"]:
            break
    for local in past:
        # What a tick long past would have asked for matters to nobody: it is recorded as missed.
        asked = evaluate(definition, local, repository) if local is past[-1] else []
        found.append({"at": local.astimezone(UTC).isoformat(), "local": local.isoformat(), "runs": asked})
    cron = definition.cron_schedule
    words = cron if isinstance(cron, str) else " | ".join(cron)
    return {
        "schedule": definition.name,
        "job": definition.job_name,
        "cron": words,
        "timezone": zone,
        "ticks": found,
    }


def evaluate(definition: Any, local: Any, repository: Any) -> Any:
    """The runs a tick asks for, or the reason why it skips."""
    from dagster import build_schedule_context

    with build_schedule_context(scheduled_execution_time=local, repository_def=repository) as context:
        answer = definition.evaluate_tick(context)
    if not answer.run_requests:
        return answer.skip_message or "it asks for no run"
    return [{"partition": r.partition_key, "config": r.run_config or {}} for r in answer.run_requests]


def main(request_file: str) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    events = Events(request["events"])
    # SIGTERM must end a run as Ctrl-C does: Dagster then records it as cancelled and frees its resources.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    started = time.monotonic()
    try:
        if request.get("schedule"):
            events.emit("ticks", **ticks(request))
            return 0
        return 0 if execute(request, events) else 1
    except BaseException as problem:
        traceback.print_exc()
        what = f"{type(problem).__name__}: {problem}"
        events.emit(
            "error", message=what[:4000], stack=traceback.format_exc(), seconds=time.monotonic() - started
        )
        return 1 if isinstance(problem, KeyboardInterrupt) else 3


if __name__ == "__main__":
    # The folder of this file must not lend its module names to the project; its own root comes first.
    sys.path[:] = [os.getcwd()] + [  # noqa: PTH109 - as `dagster -m` does it
        p for p in sys.path if Path(p or ".").resolve() != Path(__file__).resolve().parent
    ]
    sys.exit(main(sys.argv[1]))
