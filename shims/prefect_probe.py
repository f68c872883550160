"""What a Prefect target would really run, written as one graph dump of the same shape as Dagster's.

Runs in the target's own interpreter, handed over by path:

    python prefect_probe.py --root DIR --flow planalign.jobs:simulate_year --out FILE

One file without any dependency but Prefect (which is why it is longer than other files here).
No task runs: each flow's body is called with `submit`, `map` and calls of tasks and flows replaced by
recorders, so that the graph is what is wired, not what is declared. A body is traced for its first
and last partition, and for both answers where it branches on a task's result. No server is used.
Exit code 0: FILE holds the dump (`migrate/schemas/graph.schema.json`); 2: FILE holds `{"error": …}`.

Upstream: https://docs.prefect.io/v3/concepts/flows and https://docs.prefect.io/v3/concepts/assets
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import dis
import hashlib
import importlib
import importlib.util
import inspect
import itertools
import json
import os
import random
import sys
import traceback
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["PREFECT_SERVER_ALLOW_EPHEMERAL_MODE"] = "false"  # a flow body that asks the API fails at once
os.environ.pop("PREFECT_API_URL", None)

from prefect import Flow, Task
from prefect.futures import PrefectFuture, PrefectFutureList
from prefect.states import Completed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

YEAR = (dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
MOST_TICKS, MOST_ASKED = 9000, 400  # the same as in dagster_probe.py
SKIPPED = {"__pycache__", ".git", ".venv", "venv", "node_modules", "target", "build", "dist", "tests"}
SUPPORT = "prefect_support"


def main(arguments: list[str] | None = None) -> int:
    """Import, trace, write; the exit code is 0 when the target loads, else 2."""
    parser = argparse.ArgumentParser()
    for name in ("--root", "--flow", "--out"):
        parser.add_argument(name, required=True)
    options = parser.parse_args(arguments)
    root, out = Path(options.root).resolve(), Path(options.out).absolute()
    os.chdir(root)
    # The folder of this file must not lend its module names to the project under inspection.
    sys.path[:] = [str(root)] + [p for p in sys.path if Path(p or ".").resolve() != Path(__file__).parent]
    try:
        dump = dump_target(root, options.flow)
    except BaseException as problem:  # whatever stops the target's code is the answer
        if isinstance(problem, KeyboardInterrupt):
            raise
        out.write_text(json.dumps({"schema": 1, "side": "prefect", "error": explain(problem, root)}), "utf-8")
        return 2
    out.write_text(json.dumps(dump, default=str), "utf-8")
    return 0


def explain(problem: BaseException, root: Path) -> dict[str, Any]:
    """The last line of the traceback, and the deepest place of it that is the target's own code."""
    frames = traceback.extract_tb(problem.__traceback__)
    own = [f for f in frames if Path(f.filename).is_relative_to(root) and "site-packages" not in f.filename]
    own = [f for f in own if SUPPORT not in Path(f.filename).parts] or own
    file, line = (own[-1].filename, own[-1].lineno) if own else (None, None)
    if isinstance(problem, SyntaxError) and problem.filename:
        file, line = problem.filename, problem.lineno
    if file is not None and Path(file).is_relative_to(root):
        file = Path(file).relative_to(root).as_posix()
    tail = traceback.format_exception(type(problem), problem, problem.__traceback__)[-12:]
    cause = f"{type(problem).__name__}: {problem}".strip()
    return {"cause": cause, "file": file, "line": line, "traceback": "".join(tail)}


# ---- what there is ---------------------------------------------------------------------------


def dump_target(root: Path, main_flow: str) -> dict[str, Any]:
    """The whole dump of the target below `root`."""
    deployments = list(read_deployments(root))
    modules = import_target(root, main_flow, deployments)
    module_name, _, flow_name = main_flow.partition(":")
    if not isinstance(getattr(sys.modules[module_name], flow_name, None), Flow):
        raise LookupError(f"{module_name} holds no flow named {flow_name}")
    found = list(objects_of(modules))
    # A flow that runs another over a range of partitions is what Dagster's backfills are, and no job.
    flows = {v.name: v for _, v in found if isinstance(v, Flow) and not is_backfill(v)}
    schedules, sensors = triggers(deployments, flows)
    found_resources = resources(modules)
    # A flow that only starts others asks the API and looks at the world: it is read, not traced.
    only_start = {t["flow"] for t in (*schedules, *sensors) if t["flow"] != t["job"]}
    traces = {name: list(trace_flow(f)) if name not in only_start else [] for name, f in flows.items()}
    tasks = [v for _, v in found if isinstance(v, Task)]
    tasks += [c.task for ts in traces.values() for t in ts for c in t.calls]
    nested = {n for ts in traces.values() for t in ts for n in t.nested}
    return {
        "schema": 1,
        "side": "prefect",
        "versions": versions("prefect", "prefect-dbt", "dbt-core", "dbt-duckdb", "duckdb"),
        "assets": assets(tasks, traces),
        "checks": checks(tasks),
        "jobs": [job(flow, traces[name], name in nested) for name, flow in sorted(flows.items())],
        "schedules": schedules,
        "sensors": sensors,
        "resources": sorted(found_resources),
        "resource_values": dict(resource_values(found_resources)),
        "resource_fields": dict(resource_fields(found_resources)),
        "undeployed": [],
        "wiring": wiring(traces),
    }


def is_backfill(flow: Any) -> bool:
    """Whether a flow's body calls the target's own `in_order` (prefect_support/backfill.py)."""
    body = inspect.unwrap(flow.fn)
    called = [getattr(body, "__globals__", {}).get(name) for name in body.__code__.co_names]
    return any(getattr(c, "__module__", "").endswith(f"{SUPPORT}.backfill") for c in called if callable(c))


def versions(*names: str) -> dict[str, str]:
    """Installed versions of these distributions and of Python."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": sys.version.split()[0]}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def import_target(root: Path, main_flow: str, deployments: list[dict[str, Any]]) -> dict[str, Any]:
    """Import the main flow's top-level package, those of the deployments, and all modules below them."""
    names = [main_flow.partition(":")[0]] + [entrypoint_of(d)[0] for d in deployments]
    modules: dict[str, Any] = {}
    for top in dict.fromkeys(name.split(".")[0] for name in names):
        for name in modules_below(root, top):
            modules[name] = importlib.import_module(name)
    for name in names:
        modules.setdefault(name, importlib.import_module(name))
    no_resource_starts(modules)
    return modules


def modules_below(root: Path, top: str) -> Iterator[str]:
    """The names of all modules of a top-level package, or of the module it is."""
    if not (root / top).is_dir():
        yield top
        return
    for file in sorted((root / top).rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        if not SKIPPED.intersection(parts) and not any(p.startswith(".") for p in parts):
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def no_resource_starts(modules: dict[str, Any]) -> None:
    """Take away the power to open resources: tracing a flow must not connect to anything."""
    for module in modules.values():
        for name, value in list(vars(module).items()):
            if name == "running" and getattr(value, "__module__", "").endswith(f"{SUPPORT}.resources"):
                setattr(module, name, contextlib.nullcontext)


def objects_of(modules: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, flow or task) of the modules' names, looking into lists, tuples and dicts one level deep."""
    seen: set[int] = set()
    for module in modules.values():
        for name, value in list(vars(module).items()):
            inner = list(value.values()) if type(value) is dict else value
            for item in inner if type(inner) in (list, tuple) else [inner]:
                if isinstance(item, (Flow, Task)) and id(item) not in seen:
                    seen.add(id(item))
                    yield name, item


def resources(modules: dict[str, Any]) -> dict[str, Any]:
    """What a flow's body can build: plain functions without a parameter that must be given, by name."""
    found = {}
    for module_name, module in modules.items():
        for name, value in vars(module).items():
            if not name.startswith("_") and inspect.isfunction(value) and value.__module__ == module_name:
                given = inspect.signature(value).parameters.values()
                if all(p.default is not p.empty for p in given):
                    found[name] = value
                    found.setdefault(name.removesuffix("_resource"), value)  # its key is an import's name
    return found


def resource_values(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → value) of the functions that say they return a pydantic model."""
    for name, build in sorted(found.items()):
        try:
            model = inspect.signature(build, eval_str=True).return_annotation
            built = build() if hasattr(model, "model_fields") else None
        except Exception:  # a missing variable stops a run, and is not what is asked here
            built = None
        if built is not None:
            yield name, {field: plain(getattr(built, field)) for field in model.model_fields}


def resource_fields(found: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → default) of the functions that say which pydantic model they return."""
    for name, build in sorted(found.items()):
        model: Any = None
        with contextlib.suppress(Exception):  # an annotation that cannot be looked up
            model = inspect.signature(build, eval_str=True).return_annotation
        if hasattr(model, "model_fields"):
            infos = model.model_fields.items()
            yield name, {k: "(required)" if i.is_required() else plain(i.default) for k, i in infos}


# ---- recording a flow's body -----------------------------------------------------------------


class Partition(str):
    """A partition's key that can be recognised among a task's arguments."""

    keys: tuple[str, ...] = ()


@dataclass
class Call:
    """One call of a task in a flow's body; `upstream` and `after` are earlier calls' numbers.

    `picked` holds, for calls of which only single outputs are taken, the names of these outputs.
    """

    number: int
    task: Task[Any, Any]
    name: str
    within: str
    upstream: set[int]
    after: set[int]
    partitions: tuple[str, ...] | None
    picked: dict[int, set[str]]
    inputs: dict[str, Any]


@dataclass
class Trace:
    """One pass through a flow's body. `answer` is what a task's result says when it is asked."""

    answer: bool
    partitions: list[str] | None = None
    calls: list[Call] = field(default_factory=list)
    nested: list[str] = field(default_factory=list)
    prefix: str = ""
    finished: set[int] = field(default_factory=set)
    branched: bool = False
    problem: dict[str, Any] | None = None

    def ancestors(self, number: int) -> set[int]:
        """Every call that has ended well before this one starts."""
        seen: set[int] = set()
        waiting = [number]
        while waiting:
            call = self.calls[waiting.pop()]
            new = (call.upstream | call.after) - seen
            seen |= new
            waiting.extend(new)
        return seen

    def record(self, task: Task[Any, Any], arguments: Any, waits: Any) -> Call:
        """Note a call and what it depends on."""
        found = list(leaves((arguments, waits), 0))
        partitions = next((leaf.keys for leaf in found if isinstance(leaf, Partition)), None)
        results = [leaf for leaf in found if not isinstance(leaf, Partition)]
        upstream = {origin for leaf in results for origin in leaf.origins}
        whole = {origin for leaf in results if leaf.output is None for origin in leaf.origins}
        picked: dict[int, set[str]] = {}
        for leaf in results:
            for origin in leaf.origins - whole:
                picked.setdefault(origin, set()).add(str(leaf.output))
        # A second call is named as Dagster names a second invocation: step, step_2, step_3.
        same = sum(c.task.name == task.name and c.within == self.prefix for c in self.calls)
        name = self.prefix + task.name + (f"_{same + 1}" if same else "")
        call = Call(
            len(self.calls),
            task,
            name,
            self.prefix,
            upstream,
            set(self.finished),
            partitions,
            picked,
            dict(inputs_of(task, *arguments)),
        )
        self.calls.append(call)
        return call


def inputs_of(task: Any, args: tuple[Any, ...], given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(parameter, value) of what a call gets from no other task: its default, a constant, or the flow's."""
    bound: dict[str, Any] = {}
    with contextlib.suppress(TypeError):  # the call would fail; what it does not take is not asked here
        bound = dict(inspect.signature(task.fn).bind_partial(*args, **given).arguments)
    for name, parameter in inspect.signature(task.fn).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if name not in bound:
            yield name, "(required)" if parameter.default is parameter.empty else plain(parameter.default)
        elif isinstance(bound[name], Token) and not bound[name].origins:
            yield name, "(required)"
        elif not list(leaves(bound[name], 0)) and isinstance(
            bound[name], (str, int, float, bool, type(None))
        ):
            yield name, plain(bound[name])


def leaves(value: Any, depth: int) -> Iterator[Any]:
    """The partition keys and the results of earlier calls within an argument."""
    if isinstance(value, (Partition, Token, Handle)):
        yield value
    elif isinstance(value, PrefectFuture) and isinstance(getattr(value, "future", None), Handle):
        inner_future: Any = value  # one output of a task with several (prefect_support.flows.output)
        yield Token(inner_future.future.trace, inner_future.future.origins, str(inner_future.name))
    elif depth < 6 and not isinstance(value, (str, bytes, type)):
        inner: Iterable[Any] = ()
        if isinstance(value, dict):
            inner = itertools.chain(value.keys(), value.values())
        elif isinstance(value, (list, tuple, set, frozenset)):
            inner = value
        elif is_dataclass(value):
            inner = [getattr(value, f.name, None) for f in fields(value)]
        elif hasattr(type(value), "model_fields"):
            inner = list(vars(value).values())
        for item in inner:
            yield from leaves(item, depth + 1)


class Token:
    """The result of a task that did not run: it takes part in any expression and remembers its origin."""

    def __init__(self, trace: Trace, origins: set[int], output: str | None = None) -> None:
        self.trace, self.origins, self.output = trace, origins, output

    def _same(self, *_: Any, **__: Any) -> Token:
        return Token(self.trace, self.origins, self.output)

    def __getitem__(self, key: Any) -> Token:
        return Token(self.trace, self.origins, key if isinstance(key, str) else self.output)

    def __getattr__(self, name: str) -> Token:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._same()

    __call__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _same
    __truediv__ = __floordiv__ = __mod__ = __neg__ = __or__ = __and__ = __invert__ = _same
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _same  # type: ignore[assignment]

    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        self.trace.branched = True
        return self.trace.answer

    def __len__(self) -> int:
        return 1

    __int__ = __index__ = __len__

    def __float__(self) -> float:
        return 1.0

    def __iter__(self) -> Iterator[Token]:
        frame = sys._getframe(1)
        code = frame.f_code.co_code
        unpacking = dis.opname[code[frame.f_lasti]] == "UNPACK_SEQUENCE"
        return iter([self._same() for _ in range(code[frame.f_lasti + 1] if unpacking else 1)])

    def __await__(self) -> Generator[Any, None, Token]:
        yield from ()
        return self


class Handle(PrefectFuture[Any]):
    """The future of a task that did not run: it has completed with a token."""

    output: str | None = None

    def __init__(self, trace: Trace, origins: set[int]) -> None:
        self.trace, self.origins = trace, origins
        self._task_run_id = uuid.uuid4()
        self._final_state = Completed()  # what prefect.futures.wait and as_completed look at

    @property
    def task_run_id(self) -> uuid.UUID:
        """An id of its own, known to no server."""
        return self._task_run_id

    @property
    def state(self) -> Any:
        """Completed, with the token."""
        return Completed(data=Token(self.trace, self.origins))

    def wait(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""
        return

    def result(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """The token; what follows runs only after this task has ended well."""
        if raise_on_failure:
            self.trace.finished |= self.origins
        return Token(self.trace, self.origins)

    async def wait_async(self, timeout: float | None = None) -> None:
        """Nothing to wait for."""
        return

    async def result_async(self, timeout: float | None = None, raise_on_failure: bool = True) -> Any:
        """The same as `result`."""
        return self.result(timeout, raise_on_failure)

    def add_done_callback(self, fn: Callable[[Any], None]) -> None:
        """Done already."""
        fn(self)


@contextlib.contextmanager
def recorders(trace: Trace) -> Iterator[None]:
    """Replace every way of starting a task or a flow for the time of one trace."""

    def submit(task: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        handle = Handle(trace, {trace.record(task, (args, given), wait_for).number})
        return handle.state if return_state else handle

    def mapped(task: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        given.pop("deferred", None)
        return PrefectFutureList([submit(task, *args, return_state=return_state, wait_for=wait_for, **given)])

    def call(task: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        handle = submit(task, *args, wait_for=wait_for, **given)
        return handle.state if return_state else handle.result()

    def delay(task: Any, *args: Any, **given: Any) -> Any:
        return submit(task, *args, **given)

    def subflow(flow: Any, *args: Any, return_state: bool = False, wait_for: Any = None, **given: Any) -> Any:
        return trace_nested(trace, flow, args, given, wait_for)

    replaced: list[tuple[Any, str, Any]] = [
        (Task, "submit", submit),
        (Task, "map", mapped),
        (Task, "__call__", call),
    ]
    replaced += [(Task, "delay", delay), (Flow, "__call__", subflow)]
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in replaced]
    try:
        for owner, name, function in replaced:
            setattr(owner, name, function)
        yield
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def trace_nested(trace: Trace, flow: Any, args: Any, given: dict[str, Any], waits: Any) -> Any:
    """Go through a subflow's body; what it hands back stems from what it returned, or from all it ran."""
    trace.nested.append(flow.name)
    outer, first, finished = trace.prefix, len(trace.calls), set(trace.finished)
    given_origins = {o for leaf in leaves(waits, 0) for o in getattr(leaf, "origins", ())}
    trace.prefix = f"{outer}{flow.name}."
    trace.finished |= given_origins

    def done(returned: Any) -> Token:
        ran = set(range(first, len(trace.calls)))
        origins = {o for leaf in leaves(returned, 0) for o in getattr(leaf, "origins", ())}
        trace.prefix, trace.finished = outer, finished | ran
        return Token(trace, origins or ran)

    async def later(body: Any) -> Token:
        return done(await body)

    returned = flow.fn(*args, **given)
    return later(returned) if inspect.iscoroutine(returned) else done(returned)


def trace_flow(flow: Any) -> Iterator[Trace]:
    """Every pass through a flow's body that its partitions and branches ask for."""
    from prefect.logging import disable_run_logger

    for key in (0, -1):
        answers = [True]
        for answer in answers:
            trace = Trace(answer, next(iter(partition_choice(flow).values()), None))
            try:
                with recorders(trace), disable_run_logger():
                    returned = flow.fn(**arguments_for(flow, trace, key))
                    if inspect.iscoroutine(returned):
                        asyncio.run(_awaited(returned))
            except Exception as problem:  # the flow's own code may raise anything
                trace.problem = explain(problem, Path.cwd())
            if trace.branched and len(answers) == 1:
                answers.append(False)
            yield trace


async def _awaited(value: Any) -> Any:
    return await value


def arguments_for(flow: Any, trace: Trace, key: int) -> dict[str, Any]:
    """A value for each parameter: the first or last partition, else its default, else a token."""
    given: dict[str, Any] = {}
    for name, parameter in inspect.signature(flow.fn, eval_str=True).parameters.items():
        keys = partition_choice(flow).get(name)
        if keys:
            given[name] = Partition(keys[key])
            given[name].keys = tuple(keys)
        elif parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            missing = parameter.default is parameter.empty
            given[name] = Token(trace, set()) if missing else parameter.default
    return given


def partition_choice(flow_or_task: Any) -> dict[str, list[str]]:
    """Parameter name → partition keys, for parameters whose annotation lists its possible keys."""
    found = {}
    for name, parameter in inspect.signature(flow_or_task.fn, eval_str=True).parameters.items():
        for note in getattr(parameter.annotation, "__metadata__", ()):
            keys = keys_of(note)
            if keys:
                found[name] = keys
    return found


def keys_of(note: Any) -> list[str]:
    """The keys of a partition's annotation; of time windows those up to the end of the simulated year."""
    if hasattr(type(note), "add") and isinstance(getattr(note, "name", None), str):
        return [f"<dynamic:{note.name}>"]  # its keys are the server's, and no server is asked
    dimensions = getattr(note, "dimensions", None)
    if isinstance(dimensions, Mapping):
        parts = {part: keys_of(dimensions[part]) for part in sorted(dimensions)}
        if any(keys and keys[0].startswith("<dynamic:") for keys in parts.values()):
            return [f"{part}: {', '.join(keys)}" for part, keys in parts.items()]
        return ["|".join(keys) for keys in itertools.product(*parts.values())]
    at = getattr(note, "keys_at", None)
    keys = at(YEAR[1]) if callable(at) else getattr(note, "keys", None)
    return [str(k) for k in keys] if isinstance(keys, (tuple, list)) else []


# ---- assets, checks, jobs --------------------------------------------------------------------


@dataclass(frozen=True)
class Output:
    """One asset that a task makes, as the task declares it."""

    key: str
    deps: frozenset[str]
    group: str


def plain_key(key: Any) -> str:
    """An asset's key without its protocol."""
    return str(getattr(key, "key", key)).removeprefix("asset://")


def outputs_of(task: Any) -> list[Output]:
    """What a task declares to make: a dbt graph's assets, or the task's own."""
    graph = getattr(task, "dbt_graph", None)
    group = next((t.partition(":")[2] for t in sorted(task.tags) if t.startswith("group:")), "default")
    if graph is not None:
        graph = graph() if callable(graph) else graph
        return [
            Output(plain_key(a.key), frozenset(map(plain_key, a.deps)), a.group or group)
            for a in graph.assets
        ]
    deps = frozenset(plain_key(d) for d in getattr(task, "asset_deps", None) or ())
    own, groups = getattr(task, "deps_of", None) or {}, getattr(task, "group_of", None) or {}
    group_of = {plain_key(k): v for k, v in dict(groups).items()}
    per_asset = {plain_key(k): frozenset(map(plain_key, v)) for k, v in dict(own).items()}
    keys = [plain_key(a) for a in getattr(task, "assets", None) or ()]
    return [Output(k, per_asset.get(k, deps), group_of.get(k, group)) for k in keys]


def checks_of(task: Any) -> dict[tuple[str, str], bool]:
    """(asset, check) → blocking, of the checks a task evaluates."""
    specs = list(getattr(task, "checks", None) or ())
    graph = getattr(task, "dbt_graph", None)
    specs += list((graph() if callable(graph) else graph).checks) if graph is not None else []
    return {(plain_key(s.asset), s.name): bool(s.blocking) for s in specs}


def checks(tasks: list[Any]) -> list[dict[str, Any]]:
    """All checks of all tasks."""
    found = {k: b for task in tasks for k, b in checks_of(task).items()}
    return [{"asset": a, "name": n, "blocking": b} for (a, n), b in sorted(found.items())]


def wired_assets(trace: Trace, call: Call) -> Iterator[frozenset[str]]:
    """What each task that a call waits for hands on: its assets, looking through plain tasks and checks."""
    waiting, seen = sorted(call.upstream), set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        above = trace.calls[number]
        made = frozenset(o.key for o in outputs_of(above.task))
        names = call.picked.get(number, set())
        made = frozenset(k for k in made if k.rpartition("/")[2] in names) or made
        if made:
            yield made
        elif checks_of(above.task):
            # A check hands on only the asset it speaks about, and only if it waited for it itself.
            spoken = frozenset(a for a, _ in checks_of(above.task))
            yield from (spoken & m for m in wired_assets(trace, above) if spoken & m)
        else:
            waiting.extend(sorted(above.upstream))


def assets(tasks: list[Any], traces: dict[str, list[Trace]]) -> list[dict[str, Any]]:
    """Every asset that a task makes or names; edges are declared or wired ones."""
    found: dict[str, dict[str, Any]] = {}
    for task in tasks:
        for output in outputs_of(task):
            if output.key not in found:
                found[output.key] = asset(task, output)
    for trace in itertools.chain.from_iterable(traces.values()):
        for call in trace.calls:
            single = [m for m in wired_assets(trace, call) if len(m) == 1]
            for output in outputs_of(call.task):
                entry = found[output.key]
                if call.partitions:
                    entry["partitions"] = list(call.partitions)
                entry["flow_partitions"] = entry["flow_partitions"] or trace.partitions
                if getattr(call.task, "dbt_graph", None) is None:
                    entry["deps"] = sorted({*entry["deps"], *itertools.chain.from_iterable(single)})
    named = {d for entry in found.values() for d in entry["deps"]} | {
        a for t in tasks for a, _ in checks_of(t)
    }
    for key in named - set(found):
        found[key] = {
            "key": key,
            "deps": [],
            "group": "default",
            "partitions": None,
            "retries": None,
            "source": True,
        }
    return [found[key] for key in sorted(found)]


def asset(task: Any, output: Output) -> dict[str, Any]:
    """One asset as its task declares it."""
    keys = next(iter(partition_choice(task).values()), None)
    function = inspect.unwrap(task.fn)
    code = getattr(function, "__code__", None)
    return {
        "key": output.key,
        "deps": sorted(output.deps),
        "group": output.group,
        "partitions": keys,
        "flow_partitions": None,
        "retries": retries(task),
        "source": False,
        "tags": sorted(task.tags),
        "owners": owners(task, output.key),
        "place": (code.co_filename, code.co_firstlineno) if code else None,
    }


def owners(task: Any, key: str) -> list[str]:
    """Who owns an asset, by its properties."""
    graph = getattr(task, "dbt_graph", None)
    graph = graph() if callable(graph) else graph
    made = list(graph.assets) if graph is not None else list(getattr(task, "assets", None) or ())
    own = [a for a in made if plain_key(a) == key or plain_key(getattr(a, "key", a)) == key]
    held = [getattr(a, "properties", None) or a for a in own]
    return sorted({str(o) for h in held for o in getattr(h, "owners", None) or ()})


def retries(task: Any) -> dict[str, Any] | None:
    """How often and after how many seconds a task is tried again, jitter apart."""
    if not task.retries:
        return None
    delay = task.retry_delay_seconds
    planned = [float(d) for d in list.__iter__(delay)] if isinstance(delay, list) else [float(delay or 0)]
    delays = [planned[min(n, len(planned) - 1)] for n in range(task.retries)]
    return {
        "max": task.retries,
        "delay": delays[0] if delays else 0.0,
        "backoff": None,
        "jitter": jitter(delay, planned, task.retry_jitter_factor),
        "delays": delays,
    }


def jitter(delay: Any, planned: list[float], factor: float | None) -> str | None:
    """Which of Dagster's jitters the delays show when they are drawn, or Prefect's own factor."""
    if factor:
        return f"PREFECT({factor})"
    if not isinstance(delay, list) or type(delay) is list:
        return None
    random.seed(0)
    drawn = [(delay[n], p) for n, p in enumerate(planned) for _ in range(200)]
    if all(d == p for d, p in drawn):
        return None
    return "FULL" if all(d <= p for d, p in drawn) else "PLUS_MINUS"


def job(flow: Any, traces: list[Trace], nested: bool) -> dict[str, Any]:
    """One flow: what it makes, checks and takes."""
    calls = [(t, c) for t in traces for c in t.calls]
    made = {o.key for _, c in calls for o in outputs_of(c.task)}
    checked = {f"{a}:{n}" for _, c in calls for a, n in checks_of(c.task)}
    steps: dict[str, dict[str, Any]] = {}
    for trace, call in calls if not made | checked else []:
        step = steps.setdefault(
            call.name,
            {
                "name": call.name,
                "deps": [],
                "after": [],
                "retries": retries(call.task),
                "tags": sorted(call.task.tags),
                "inputs": call.inputs,
            },
        )
        for part, numbers in (("deps", call.upstream), ("after", trace.ancestors(call.number))):
            step[part] = sorted({*step[part], *(trace.calls[n].name for n in numbers)})
    return {
        "name": flow.name,
        "kind": "asset" if made | checked else "op",
        "assets": sorted(made),
        "checks": sorted(checked),
        "steps": sorted(steps.values(), key=lambda s: s["name"]),
        "partitions": next(iter(partition_choice(flow).values()), None),
        "config": dict(configuration(flow)),
        "sequential": getattr(flow.task_runner, "_max_workers", None) == 1,
        "nested": nested,
        "untraced": next((t.problem for t in traces if t.problem), None),
    }


def configuration(flow: Any) -> Iterator[tuple[str, Any]]:
    """("op.field", default) of the flow's parameters named `<op>_config`."""
    for name, parameter in inspect.signature(flow.fn, eval_str=True).parameters.items():
        model = parameter.annotation
        if name.endswith("_config") and hasattr(model, "model_fields"):
            given = None if parameter.default is parameter.empty else parameter.default
            yield from model_fields(name.removesuffix("_config"), model, given)


def model_fields(name: str, model: Any, given: Any) -> Iterator[tuple[str, Any]]:
    """Flatten a pydantic model into ("path.field", default); required ones say so."""
    for field_name, info in model.model_fields.items():
        value = (
            getattr(given, field_name) if given is not None else info.get_default(call_default_factory=True)
        )
        if hasattr(info.annotation, "model_fields"):
            yield from model_fields(
                f"{name}.{field_name}", info.annotation, value if given is not None else None
            )
        else:
            required = given is None and info.is_required()
            yield f"{name}.{field_name}", "(required)" if required else plain(value)


def plain(value: Any) -> Any:
    """A default as JSON knows it; an enumeration's member by its name, as Dagster spells it."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(type(value), "__members__"):
        return value.name
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


# ---- is what is declared also wired? ---------------------------------------------------------


def wiring(traces: dict[str, list[Trace]]) -> list[dict[str, Any]]:
    """Dependencies declared but not waited for, and blocking checks that block nothing."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for name, trace in ((n, t) for n, ts in traces.items() for t in ts):
        makers: dict[str, set[int]] = {}
        for call in trace.calls:
            for output in outputs_of(call.task):
                makers.setdefault(output.key, set()).add(call.number)
        for what, key, text in itertools.chain(unwired(trace, makers), toothless(trace, makers)):
            found[what, key, name] = {"what": what, "key": key, "flow": name, "problem": text}
    return [found[key] for key in sorted(found)]


def unwired(trace: Trace, makers: dict[str, set[int]]) -> Iterator[tuple[str, str, str]]:
    """Declared dependencies that the same flow makes, without making the dependant wait."""
    for call in trace.calls:
        before = trace.ancestors(call.number)
        for output in outputs_of(call.task):
            for dep in sorted(output.deps):
                made_by = makers.get(dep, set())
                if made_by and call.number not in made_by and not made_by & before:
                    text = f"declared, but {call.name} does not wait for {dep}"
                    yield "edge", f"{dep} -> {output.key}", text


def toothless(trace: Trace, makers: dict[str, set[int]]) -> Iterator[tuple[str, str, str]]:
    """Blocking checks that a task downstream of the checked asset does not wait for."""
    for check in trace.calls:
        for (asset_key, check_name), blocking in checks_of(check.task).items():
            if not blocking or check.number in makers.get(asset_key, set()):
                continue
            for call in trace.calls:
                uses = any(asset_key in o.deps for o in outputs_of(call.task))
                own = call.number in makers.get(asset_key, set())
                if uses and not own and check.number not in trace.ancestors(call.number):
                    text = f"does not block: {call.name} does not wait for it"
                    yield "check", f"{asset_key}:{check_name}", text


# ---- deployments -----------------------------------------------------------------------------


def read_deployments(root: Path) -> Iterator[dict[str, Any]]:
    """The entries of prefect.yaml."""
    import yaml

    file = root / "prefect.yaml"
    if file.is_file():
        loaded = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
        yield from loaded.get("deployments") or []


def entrypoint_of(deployment: dict[str, Any]) -> tuple[str, str]:
    """(module, flow's variable) of an entrypoint, written as a path or as a module."""
    place, _, name = str(deployment.get("entrypoint", "")).rpartition(":")
    if place.endswith(".py"):
        place = place.removesuffix(".py").removeprefix("./").replace("/", ".")
    return (place, name) if name and place else (str(deployment.get("entrypoint", "")).rpartition(".")[0], "")


def triggers(deployments: list[dict[str, Any]], flows: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Deployments with a cron schedule, as schedules; those with an interval, as sensors."""
    schedules, sensors = [], []
    for deployment in deployments:
        module, name = entrypoint_of(deployment)
        flow = getattr(sys.modules.get(module), name, None)
        if not isinstance(flow, Flow):
            raise LookupError(f"prefect.yaml: deployment {deployment.get('name')}: no flow {module}:{name}")
        given = deployment.get("schedules") or (
            [deployment["schedule"]] if deployment.get("schedule") else []
        )
        crons = [s for s in given if s.get("cron")]
        about = {"name": deployment["name"], "flow": flow.name, "job": target_of(flow, flows)}
        if crons:
            ticking = cron_schedule(crons)
            asked = run_requests(flow, about, deployment, ticking["ticks"]["moments"][:MOST_ASKED])
            schedules.append({**about, **ticking, "requests": asked})
        elif given:
            intervals = [float(s["interval"]) for s in given if s.get("interval")]
            active = "RUNNING" if all(s.get("active", True) for s in given) else "STOPPED"
            sensors.append({**about, "interval": min(intervals, default=None), "status": active})
    return sorted(schedules, key=lambda s: s["name"]), sorted(sensors, key=lambda s: s["name"])


def run_requests(
    flow: Any, about: dict[str, Any], deployment: dict[str, Any], moments: list[str]
) -> dict[str, Any] | None:
    """Moment → the runs asked for then: partition and configuration; None when that cannot be asked."""
    if about["flow"] == about["job"]:
        return {moment: [request(deployment.get("parameters") or {})] for moment in moments}
    launch = flow.fn.__globals__.get("launch")
    if not getattr(launch, "__module__", "").endswith(f"{SUPPORT}.sensors"):
        return None
    polls: list[Any] = []

    def recorder(name: str, poll: Any, *, deployment: str) -> int:
        polls.append(poll)
        return 0

    flow.fn.__globals__["launch"] = recorder
    try:
        flow.fn()
    finally:
        flow.fn.__globals__["launch"] = launch
    return {moment: answer_of(polls[0], moment, sys.modules[launch.__module__]) for moment in moments}


def answer_of(poll: Any, moment: str, sensors: Any) -> Any:
    """What a polling function asks for when its run was due at a moment."""
    from prefect.runtime import flow_run

    # As in a run, where it is always UTC; an attribute of the module hides what it would look up.
    flow_run.scheduled_start_time = dt.datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
    try:
        wanted = poll(sensors.SensorContext())
        answers = list(wanted) if inspect.isgenerator(wanted) or isinstance(wanted, list) else [wanted]
        return [request(a.parameters) for a in answers if isinstance(a, sensors.RunRequest)]
    except Exception as problem:  # a poll's own code may raise anything
        return f"error: {type(problem).__name__}: {problem}"
    finally:
        del flow_run.scheduled_start_time


def request(parameters: Any) -> dict[str, Any]:
    """The parameters of one run, told apart into the partition and the configuration."""
    rest = {name: value for name, value in parameters.items() if name != "partition_key"}
    return {"partition": parameters.get("partition_key"), "config": dict(flattened("", rest))}


def flattened(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """("op.field", value) of a deployment's parameters; the `_config` of a parameter's name is dropped."""
    if not isinstance(value, dict):
        yield name, plain(value)
        return
    for key, inner in value.items():
        yield from flattened(f"{name}.{key}" if name else str(key).removesuffix("_config"), inner)


def target_of(flow: Any, flows: dict[str, Any]) -> str:
    """The flow that a deployment really starts: itself, or the one that its body starts."""
    names = {"run_deployment", "arun_deployment", "launch"}
    codes = [inspect.unwrap(flow.fn).__code__]
    for code in codes:
        codes.extend(c for c in code.co_consts if inspect.iscode(c))
    for code in codes:
        for name in code.co_names:
            value = flow.fn.__globals__.get(name)
            if isinstance(value, Flow) and value is not flow:
                return str(value.name)
    starts = any(names.intersection(code.co_names) for code in codes)
    for text in (c for code in codes for c in code.co_consts if isinstance(c, str)):
        if starts and "/" in text and text.partition("/")[0] in flows:
            return text.partition("/")[0]
    return str(flow.name)


def cron_schedule(given: list[dict[str, Any]]) -> dict[str, Any]:
    """Cron text, time zone, status, and the ticks of the simulated year by Prefect's own reckoning."""
    moments = sorted(
        {m for s in given for m in moments_of(s["cron"], s.get("timezone"), s.get("day_or", True))}
    )
    moments = moments[:MOST_TICKS]
    digest = hashlib.sha256("\n".join(moments).encode()).hexdigest()
    return {
        "cron": " | ".join(str(s["cron"]) for s in given),
        "timezone": given[0].get("timezone") or "UTC",
        "status": "RUNNING" if all(s.get("active", True) for s in given) else "STOPPED",
        "ticks": {"count": len(moments), "sha256": digest, "moments": moments},
    }


def moments_of(cron: str, zone: str | None, day_or: bool) -> list[str]:
    """The ticks of one cron line, asked for in batches as Prefect's scheduler does."""
    from prefect.server.schemas.schedules import CronSchedule

    schedule = CronSchedule(cron=cron, timezone=zone, day_or=day_or)
    found: list[str] = []
    start = YEAR[0]
    while len(found) < MOST_TICKS:
        given = asyncio.run(schedule.get_dates(start=start, end=YEAR[1]))
        batch = [dt.datetime.fromtimestamp(d.timestamp(), dt.UTC) for d in given]
        batch = [d for d in batch if start <= d < YEAR[1]]
        if not batch:
            break
        found.extend(d.strftime("%Y-%m-%dT%H:%M:%SZ") for d in batch)
        start = batch[-1] + dt.timedelta(seconds=1)
    return found


if __name__ == "__main__":
    sys.exit(main())
