"""Runs a part of a converted flow in the target interpreter: `python prefect_part.py request.json`.

In a target, one line makes a flow obey routing.toml, and is taken out again when all is moved:

    from shims.prefect_part import route
    simulate_year = route(simulate_year)     # what routing.toml leaves to Dagster is done by Dagster

Started by path in an environment that has Prefect 3, and nothing of ours unless some tasks are bridged.
The flow's own body runs, with its own wiring; tasks of assets and checks that are not asked for are skipped
(Prefect is not told of them), and tasks of `bridged` assets are done by Dagster (`prefect_bridge.py`).
What is materialised, checked and logged is appended to the `events` file of the request, as it happens.

Exit code: 0 the part succeeded, 1 it failed, 3 something else broke.

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/tasks
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import asyncio
import contextlib
import contextvars
import copy
import functools
import importlib
import inspect
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

from prefect import Flow, Task
from prefect.futures import PrefectFuture, PrefectFutureList
from prefect.states import Completed

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS_EVENT = "asset-checks.evaluated"
MADE = "prefect.asset.materialization.succeeded"
KIND_SECONDS = 2.0
"""How long the tasks of a cancelled run may take to end by themselves."""


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


class LeftOut(PrefectFuture[Any]):
    """The future of a task that is not run here: completed long ago, by somebody else."""

    def __init__(self, task: Any) -> None:
        self.name, self.task, self._task_run_id = task.name, task, uuid.uuid4()
        self._final_state = Completed()

    @property
    def task_run_id(self) -> uuid.UUID:
        """An id of its own, known to no server."""
        return self._task_run_id

    @property
    def state(self) -> Any:
        """Completed, with nothing in it."""
        return self._final_state

    def wait(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""
        return

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """Nothing: whoever needs the value is told so where it is passed on."""
        return None

    def add_done_callback(self, fn: Any) -> None:
        """Done already."""
        fn(self)


class Part:
    """Which tasks run, which are skipped, which are bridged; and which have been met."""

    def __init__(self, request: dict[str, Any], *, dry: bool = False) -> None:
        self.assets = set(request.get("assets", ()))
        self.checks = {(asset, name) for asset, name in request.get("checks", ())}
        self.bridged = set(request.get("bridged", ()))
        self.rules: Any = request.get("rules")
        self.everything = bool(request.get("everything"))
        self.dry = dry
        self.config = request.get("config") or {}
        self.values: dict[str, Any] = request.get("values") or {}
        self.read = set(request.get("read", ()))
        self.futures: dict[int, tuple[Any, Any]] = {}
        self.makers: set[str] = set()
        self.met_assets: set[str] = set()
        self.met_checks: set[tuple[str, str]] = set()

    def choice(self, task: Any) -> str:
        """`run`, `bridge` or `skip` for a task; notes what it makes."""
        made, judged = keys_of(task), checks_of(task)
        self.met_assets |= made
        self.met_checks |= judged
        self.makers |= {str(task.name)} if made & self.assets else set()
        if self.dry:
            return "skip"
        if made & self.bridged or (made and self.left_to_dagster(task, made)):
            return "bridge"
        return "run" if self.everything or made & self.assets or judged & self.checks else "skip"

    def left_to_dagster(self, task: Any, made: set[str]) -> bool:
        """Whether routing.toml leaves a task's assets to Dagster.

        Raises:
            ValueError: only some of them: one function makes them all.
        """
        if self.rules is None:
            return False
        from migrate.routing_rules import BY_PREFECT, state_of

        graph = getattr(task, "dbt_graph", None)
        groups = {plain_key(a.key): a.group for a in graph.assets} if graph is not None else {}
        own = next((tag[len("group:") :] for tag in sorted(task.tags) if tag.startswith("group:")), "default")
        states = {key: state_of(self.rules, key, groups.get(key) or own) for key in made}
        sides = {state in BY_PREFECT for state in states.values()}
        if len(sides) > 1:
            raise ValueError(f"one function makes all of these, route them alike: {states}")
        return sides == {False}

    def noted(self, task: Any, future: Any) -> Any:
        """The same future, remembered with the task it is of."""
        self.futures[id(future)] = (future, task)
        return future

    def maker(self, future: Any) -> Any:
        """The task whose future this is, or one output of it; None for one of somebody else's."""
        return self.futures.get(id(getattr(future, "future", future)), (None, None))[1]

    def is_bridged(self, task: Any) -> bool:
        """Whether Dagster does a task."""
        return self.choice(task) == "bridge"

    def refuse_unread(self, task: Any, future: Any) -> None:
        """See that a value that Dagster makes is read back for the task that takes it.

        Raises:
            LookupError: it is not.
        """
        made = self.maker(future)
        if made is not None and self.is_bridged(made) and not (keys_of(made) <= self.read):
            raise LookupError(
                f"{task.name} takes the value of {made.name}, which Dagster makes and nobody reads back: "
                "run `migrate verify`, or route both alike"
            )

    def value_for_dagster(self, task: Any, future: Any) -> tuple[str, Any]:
        """The asset whose value a future is, and the future; no asset where Dagster has stored it itself.

        Raises:
            LookupError: it cannot be told which asset it is.
        """
        made = self.maker(future)
        if made is None or self.is_bridged(made):
            return "", future
        keys = sorted(keys_of(made))
        named = [key for key in keys if key.split("/")[-1] == getattr(future, "name", "")]
        if len(keys) == 1 and getattr(future, "future", None) is None:
            return keys[0], future
        if len(keys) == 1 or len(named) == 1:
            return (named or keys)[0], future
        raise LookupError(f"{task.name} takes one of {', '.join(keys)}: route it as {made.name} is")

    def returned(self, told: dict[str, Any], key: str) -> Any:
        """The value of an asset that a task of this run made.

        Raises:
            KeyError: it was not produced.
        """
        future = next(f for f, task in self.futures.values() if key in keys_of(task))
        value = future.result() if isinstance(future, PrefectFuture) else future
        return value[told["output"]] if told["several"] else value

    @property
    def missing(self) -> list[str]:
        """What was asked for and is made by no task of the flow."""
        assets = (self.assets | self.bridged) - self.met_assets
        return sorted(assets) + sorted(f"{asset} {name}" for asset, name in self.checks - self.met_checks)


def plain_key(key: Any) -> str:
    """An asset's key without its protocol."""
    return str(getattr(key, "key", key)).removeprefix("asset://")


def keys_of(task: Any) -> set[str]:
    """The assets that a task makes."""
    return {plain_key(asset) for asset in getattr(task, "assets", None) or ()}


def checks_of(task: Any) -> set[tuple[str, str]]:
    """(asset, name) of the checks that a task evaluates."""
    return {(plain_key(spec.asset), spec.name) for spec in getattr(task, "checks", None) or ()}


ACTIVE: contextvars.ContextVar[tuple[Part, Any] | None] = contextvars.ContextVar("part", default=None)
"""The part that the running flow is cut down to; other flows of this process are left alone."""


@contextlib.contextmanager
def only(part: Part, flow: Any) -> Iterator[None]:
    """Let the flow's body start only the tasks of the part."""
    intercept()
    token = ACTIVE.set((part, flow))
    try:
        yield
    finally:
        ACTIVE.reset(token)


@functools.cache
def intercept() -> None:
    """Look at every way of starting a task, once a process; without an active part nothing changes."""
    for name in ("submit", "map", "__call__", "delay"):
        setattr(Task, name, starter(name, getattr(Task, name)))


def starter(name: str, kept: Any) -> Any:
    """A way of starting a task that asks the active part first."""

    @functools.wraps(kept)
    def started(task: Any, *args: Any, **given: Any) -> Any:
        active = ACTIVE.get()
        if active is None or getattr(task, "_of_a_bridge", False):
            return kept(task, *args, **given)
        part, flow = active
        choice = part.choice(task)
        if choice == "skip":
            return skipped(task, name, given)
        if "wait_for" in given:
            given["wait_for"] = [f for f in given["wait_for"] or () if not left_out(f)]
        if choice == "bridge":
            return part.noted(task, bridge(task, name, (args, given), flow, part))
        waits = {name: given.pop(name) for name in ("wait_for",) if name in given}
        args, given = filled(task, (args, given), part)
        return part.noted(task, kept(task, *args, **given, **waits))

    return started


def skipped(task: Any, how: str, given: dict[str, Any]) -> Any:
    """What the flow's body gets for a task that is not run here."""
    future = LeftOut(task)
    if how == "__call__":
        return future.state if given.get("return_state") else None
    if how == "map":
        return PrefectFutureList([future])
    return future.state if given.get("return_state") else future


def left_out(value: Any) -> bool:
    """Whether a future is of a task that is not run, or one output of it."""
    return isinstance(value, LeftOut) or isinstance(getattr(value, "future", None), LeftOut)


def filled(task: Any, value: Any, part: Part) -> Any:
    """A task's arguments, with the values that were handed over in the place of those of tasks not run here.

    Raises:
        LookupError: it takes the value of a task that is not run, and nobody handed it over; names both.
    """
    if left_out(value):
        own = value if isinstance(value, LeftOut) else value.future
        for key in keys_of(own.task) & set(part.values):
            told = part.values[key]
            if own is value or told["output"] == value.name:
                return pickle.loads(Path(told["file"]).read_bytes())  # noqa: S301 - our own side's
        raise LookupError(
            f"{task.name} takes the value of {own.name}, which is not run here: run both in one part"
        )
    if isinstance(value, PrefectFuture):
        part.refuse_unread(task, value)
    if isinstance(value, dict):
        return {name: filled(task, inner, part) for name, inner in value.items()}
    if type(value) in (list, tuple, set):
        return type(value)(filled(task, inner, part) for inner in value)
    return value


def futures_in(value: Any) -> Iterator[Any]:
    """Every future among some arguments, but for what is only waited for."""
    if isinstance(value, PrefectFuture):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from futures_in(inner) if name != "wait_for" else ()
    elif isinstance(value, (list, tuple, set)):
        for inner in value:
            yield from futures_in(inner)


def bridge(task: Any, how: str, call: tuple[Any, dict[str, Any]], flow: Any, part: Part) -> Any:
    """The same task, done by Dagster: same assets, same place, the flow run's partition and config."""
    from prefect.context import FlowRunContext

    from shims.prefect_bridge import BridgedCheck, bridge_asset

    checks = [BridgedCheck(s.name, s.asset, bool(s.blocking)) for s in getattr(task, "checks", None) or ()]
    keys, given = sorted(keys_of(task)), call[1]
    read = len(keys) == 1 and keys[0] in part.read
    where = os.environ["CHANGEOVER_CONFIG"]
    stand_in = bridge_asset(keys, checks=checks, name=task.name, value=read, config_file=where)
    stand_in._of_a_bridge = True
    context = FlowRunContext.get()
    parameters = dict(context.parameters or {}) if context else {}
    asked = {"partition_key": parameters.get("partition_key"), "config": changed(parameters, task, flow)}
    values = dict(part.value_for_dagster(task, future) for future in futures_in(call))
    if values:
        asked["values"] = {key: future for key, future in values.items() if key}
    extra = {key: given[key] for key in ("wait_for", "return_state") if key in given}
    return getattr(stand_in, "__call__" if how == "__call__" else "submit")(**asked, **extra)


def changed(parameters: dict[str, Any], task: Any, flow: Any) -> Any:
    """The task's configuration, where the flow run was given another than the default."""
    name = f"{task.name}_config"
    declared = inspect.signature(flow.fn).parameters.get(name)
    given = parameters.get(name)
    return None if declared is None or given == declared.default else given


def route(flow: Any, config_file: str | Path = "") -> Any:
    """The same flow; what routing.toml calls `dagster` or `shadow` is done by Dagster.

    routing.toml is read when the flow runs. Within a dual run the flow runs as it is.

    Args:
        flow: a Prefect flow.
        config_file: migration.toml; default: CHANGEOVER_CONFIG, else searched from the caller's file upwards.
    """
    near = str(config_file) or sys._getframe(1).f_code.co_filename
    routed, body = copy.copy(flow), flow.fn

    def cut() -> contextlib.AbstractContextManager[None]:
        if os.environ.get("CHANGEOVER_RUN"):
            return contextlib.nullcontext()
        from migrate import routing
        from shims.bridge_process import find_config

        config = find_config(near)
        os.environ.setdefault("CHANGEOVER_CONFIG", str(config))
        rules = routing.load(config.parent).rules
        return only(Part({"everything": True, "rules": rules, "read": read_by_value(config)}), flow)

    if inspect.iscoroutinefunction(body):

        @functools.wraps(body)
        async def later(*args: Any, **given: Any) -> Any:
            with cut():
                return await body(*args, **given)

        routed.fn = later
        return routed

    @functools.wraps(body)
    def at_once(*args: Any, **given: Any) -> Any:
        with cut():
            return body(*args, **given)

    routed.fn = at_once
    return routed


def read_by_value(config: Path) -> list[str]:
    """The assets whose values others take from Dagster's default store, as `migrate verify` saw them."""
    from migrate.config import load
    from migrate.errors import EvidenceError
    from migrate.routing_graph import DEFAULT_STORE, load_graph

    try:
        nodes = load_graph(load(config), stale=True).nodes
    except EvidenceError:
        return []
    taken = {key for node in nodes.values() for key in node.loads}
    return sorted(key for key in taken if key in nodes and nodes[key].store == DEFAULT_STORE)


# ---- the flow --------------------------------------------------------------------------------


def find_flow(request: dict[str, Any]) -> tuple[Any, Part]:
    """The first flow whose body starts all that is asked for: the one of migration.toml before any other.

    Raises:
        LookupError: there is none; names what no flow makes.
    """
    module, _, name = request["flow"].partition(":")
    first = getattr(importlib.import_module(module), name)
    if request.get("everything"):
        return first, Part(request)
    others = [value for m in modules_beside(module) for value in vars(m).values() if isinstance(value, Flow)]
    missing: list[str] = []
    for flow in dict.fromkeys([first, *others]):
        found = dry_run(flow, request)
        if found is not None and not found.missing:
            return flow, found
        missing = missing or (found.missing if found else [])
    raise LookupError(f"no flow of {module.split('.')[0]} makes {', '.join(missing) or 'what is asked for'}")


def modules_beside(module: str) -> Iterator[Any]:
    """The package's loaded modules and those in the same folder."""
    top = module.split(".", maxsplit=1)[0]
    folder = Path(str(sys.modules[module].__file__)).parent
    for file in sorted(folder.glob("*.py")):
        name = ".".join([*module.split(".")[:-1], file.stem])
        with contextlib.suppress(Exception):  # a module that does not load makes nothing
            importlib.import_module(name)
    yield from [m for n, m in sorted(sys.modules.items()) if n.split(".")[0] == top and m is not None]


def dry_run(flow: Any, request: dict[str, Any]) -> Part | None:
    """Go through a flow's body without running a task; None when it cannot be gone through."""
    from prefect.logging import disable_run_logger

    part = Part(request, dry=True)
    with only(part, flow), contextlib.suppress(Exception), disable_run_logger():
        returned = flow.fn(**parameters_of(flow, request))
        if inspect.iscoroutine(returned):
            asyncio.run(as_coroutine(returned))
    return part


async def as_coroutine(value: Any) -> Any:
    """Anything awaitable as a coroutine."""
    return await value


def parameters_of(flow: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The flow's parameters: those of the request that it has."""
    known = inspect.signature(flow.fn).parameters
    return {name: value for name, value in (request.get("parameters") or {}).items() if name in known}


def config_of(flow: Any, part: Part) -> dict[str, Any]:
    """The configuration of the request, as the parameter of the flow that hands it to the task it is for.

    Raises:
        LookupError: the flow has no such parameter: the configuration would be lost without a word.
    """
    if not part.config:
        return {}
    known = inspect.signature(flow.fn).parameters
    found = {f"{task}_config": part.config for task in part.makers if f"{task}_config" in known}
    if not found:
        raise LookupError(f"flow {flow.name} takes no configuration for {', '.join(sorted(part.makers))}")
    return found


def run(request: dict[str, Any], events: Events) -> bool:
    """Run the part; True when Prefect says it completed and nothing that was asked for was left out."""
    from prefect import tags

    flow, tried = find_flow(request)
    part = Part(request)
    parameters = {**parameters_of(flow, request), **config_of(flow, tried)}
    listen(events)
    labels = [f"{key}={value}" for key, value in (request.get("tags") or {}).items()]
    with only(part, flow), tags(*labels):
        state = flow(**parameters, return_state=True)
        if asyncio.iscoroutine(state):
            state = asyncio.run(state)
    ok = bool(state.is_completed())
    message = "" if ok else str(state.message or state.name)
    if ok and part.missing:
        ok, message = False, f"the flow made no {', '.join(part.missing)}"
    for key, told in (request.get("back") or {}).items() if ok else ():
        with contextlib.suppress(KeyError):  # an optional output that was not produced
            Path(told["file"]).write_bytes(pickle.dumps(part.returned(told, key), protocol=4))
    run_id = str(state.state_details.flow_run_id or "")
    events.emit("finished", ok=ok, message=message, flow=flow.name, run_id=run_id)
    return ok


def listen(events: Events) -> None:
    """Hand on what Prefect tells its API of assets and checks, and every line of the run's logs."""
    from prefect.events.worker import EventsWorker

    send = EventsWorker.send

    def send_and_tell(worker: Any, event: Any) -> None:
        send(worker, event)
        if event.event == MADE:
            asset = plain_key(event.resource["prefect.resource.id"])
            events.emit("materialization", asset=asset, metadata=dict(event.payload))
        elif event.event == CHECKS_EVENT:
            for check in event.payload["checks"]:
                events.emit("check", **{**check, "asset": plain_key(check["asset"])})

    EventsWorker.send = send_and_tell
    for name in ("prefect.task_runs", "prefect.flow_runs"):
        logging.getLogger(name).addHandler(Teller(events))


class Teller(logging.Handler):
    """Hands log records on as events; they tell the flow run, too."""

    flow_run = ""

    def __init__(self, events: Events) -> None:
        super().__init__()
        self._events = events

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        Teller.flow_run = Teller.flow_run or str(getattr(record, "flow_run_id", "") or "")
        trouble = ""
        if record.exc_info and record.exc_info[1] is not None:
            trouble = "".join(traceback.format_exception(record.exc_info[1]))
        self._events.emit("log", level=record.levelno, message=record.getMessage(), stack=trouble)


def cancel_when_asked(file: Path) -> None:
    """End as a cancelled run does once `file` is there: first kindly, then whatever its tasks do."""
    from prefect import get_client
    from prefect.states import Cancelled

    while not file.exists():
        time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(KIND_SECONDS)  # a task that is not through by then would leave the flow run as running
    if Teller.flow_run:
        with get_client(sync_client=True) as client:
            state = Cancelled(message="Dagster's run was cancelled")
            client.set_flow_run_state(uuid.UUID(Teller.flow_run), state, force=True)
    os._exit(1)


def main(request_file: str) -> int:
    """Do what the request file asks; the exit code is described at the top."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    events = Events(request["events"])
    cancelling = Path(request["events"]).with_name("cancel")
    threading.Thread(target=cancel_when_asked, args=(cancelling,), daemon=True).start()
    try:
        return 0 if run(request, events) else 1
    except Exception as problem:
        traceback.print_exc()
        events.emit(
            "error", message=f"{type(problem).__name__}: {problem}"[:4000], stack=traceback.format_exc()
        )
        return 3


if __name__ == "__main__":
    # The folder of this file must not lend its module names to the project; its own root comes first.
    own = Path(__file__).resolve().parent
    rest = [p for p in sys.path if Path(p or ".").resolve() != own]
    sys.path[:] = [os.getcwd(), *rest]  # noqa: PTH109 - the project root, as `prefect deploy` does it
    sys.exit(main(sys.argv[1]))
