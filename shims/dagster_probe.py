"""What a legacy project deploys, as Dagster itself loads it, written as one JSON graph dump.

Runs in the legacy project's own interpreter, handed over by path, from Dagster 1.7 to the newest:

    python dagster_probe.py --root DIR --module planalign.definitions --out FILE

One file without any dependency but Dagster, because nothing else is promised to be there (which is
why it is longer than other files here). No asset, op or check is executed. Exit code 0: FILE holds
the dump (`migrate/schemas/graph.schema.json`); 2: FILE holds `{"error": …}` and why nothing loads.

Upstream: https://docs.dagster.io/api/dagster/definitions
"""

from __future__ import annotations

import argparse
import ast
import datetime as dt
import hashlib
import importlib
import importlib.util
import itertools
import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UTC = dt.timezone.utc  # noqa: UP017 - a legacy interpreter may be older than 3.11
YEAR = (dt.datetime(2025, 1, 1, tzinfo=UTC), dt.datetime(2026, 1, 1, tzinfo=UTC))
MOST_TICKS = 9000  # an hourly schedule for a year; a denser one is compared over its first 9,000 ticks
MOST_ASKED = 400  # ticks that a schedule's own code is asked about: a daily one's year
IMPLICIT = ("__ASSET_JOB", "__ANONYMOUS_ASSET_JOB")  # jobs that Dagster makes itself; case varies by version
IMPLICIT_SENSOR = "default_automation_condition_sensor"  # stands for the assets' own conditions
SKIPPED = {"__pycache__", ".git", ".venv", "venv", "node_modules", "target", "build", "dist", "tests"}


def main(arguments: list[str] | None = None) -> int:
    """Load, dump, write; the exit code is 0 when the project loads, else 2."""
    parser = argparse.ArgumentParser()
    for name in ("--root", "--module", "--out"):
        parser.add_argument(name, required=True)
    parser.add_argument("--attribute", default="")
    options = parser.parse_args(arguments)
    root, out = Path(options.root).resolve(), Path(options.out).absolute()
    os.chdir(root)
    # The folder of this file must not lend its module names to the project under inspection.
    sys.path[:] = [str(root)] + [p for p in sys.path if Path(p or ".").resolve() != Path(__file__).parent]
    try:
        dump = dump_repository(load_repository(options.module, options.attribute))
        dump["undeployed"], dump["unimportable"] = undeployed(root, options.module, dump.pop("_places"), dump)
    except BaseException as problem:  # whatever stops the user's code is the answer
        if isinstance(problem, KeyboardInterrupt):
            raise
        out.write_text(json.dumps({"schema": 1, "side": "dagster", "error": explain(problem, root)}), "utf-8")
        return 2
    out.write_text(json.dumps(dump, default=str), "utf-8")
    return 0


def explain(problem: BaseException, root: Path) -> dict[str, Any]:
    """The last line of the traceback, and the deepest place of it that is the user's own code."""
    frames = traceback.extract_tb(problem.__traceback__)
    own = [f for f in frames if below(f.filename, root) and "site-packages" not in f.filename]
    file, line = (own[-1].filename, own[-1].lineno) if own else (None, None)
    if isinstance(problem, SyntaxError) and problem.filename:
        file, line = problem.filename, problem.lineno
    file = below(file, root) or file
    tail = traceback.format_exception(type(problem), problem, problem.__traceback__)[-12:]
    cause = f"{type(problem).__name__}: {problem}".strip()
    return {"cause": cause, "file": file, "line": line, "traceback": "".join(tail)}


def below(file: Any, root: Path) -> str:
    """A file's path from `root` on; empty when it does not lie there (`is_relative_to` is newer than 3.8)."""
    try:
        return Path(file or "").relative_to(root).as_posix() if file else ""
    except ValueError:
        return ""


# ---- loading ---------------------------------------------------------------------------------


def import_module(name: str) -> Any:
    """Import a module by name, or by path when the name ends in `.py`."""
    if not name.endswith(".py"):
        return importlib.import_module(name)
    spec = importlib.util.spec_from_file_location(Path(name).stem, name)
    if spec is None or spec.loader is None:
        raise ImportError(f"no Python file {name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def load_repository(module_name: str, attribute: str) -> Any:
    """The repository that `dagster dev -m module` would serve."""
    from dagster._core.definitions.reconstruct import repository_def_from_target_def
    from dagster._core.workspace.autodiscovery import loadable_targets_from_loaded_module

    module = import_module(module_name)
    if attribute:
        target = getattr(module, attribute)
        if callable(target) and type(target).__name__ == "function":
            target = target()
    else:
        found = loadable_targets_from_loaded_module(module)
        if len(found) > 1:
            names = ", ".join(t.attribute for t in found)
            raise LookupError(f"{module_name} holds several repositories ({names}); name one as attribute")
        target = found[0].target_definition
    repository = repository_def_from_target_def(target)
    if repository is None:
        raise TypeError(f"{module_name} holds nothing that Dagster can deploy: {type(target).__name__}")
    return repository


def dump_repository(repository: Any) -> dict[str, Any]:
    """Everything deployed; `_places` are the code places of the functions behind it."""
    import dagster

    repository.load_all_definitions()
    graph = repository.asset_graph
    sensors = [s for s in repository.sensor_defs if s.name != IMPLICIT_SENSOR]
    jobs = [j for j in repository.get_all_jobs() if not is_implicit(j.name)]
    selected = selections(repository)
    return {
        "schema": 1,
        "side": "dagster",
        "versions": versions("dagster", "dagster-dbt", "dbt-core", "dbt-duckdb", "duckdb"),
        "assets": [asset(graph.get(key)) for key in sorted(all_keys(graph))],
        "checks": sorted((check(graph, key) for key in graph.asset_check_keys), key=check_name),
        "jobs": sorted(
            (job(j, *selected.get(j.name, (set(), set()))) for j in jobs), key=lambda j: j["name"]
        ),
        "schedules": sorted(
            (schedule(s, repository) for s in repository.schedule_defs), key=lambda s: s["name"]
        ),
        "sensors": sorted((sensor(s, dagster) for s in sensors), key=lambda s: s["name"]),
        "resources": sorted(repository.get_top_level_resources()),
        "resource_values": dict(resource_values(repository)),
        "resource_fields": dict(resource_fields(repository)),
        "_places": places(repository),
    }


def is_implicit(name: str) -> bool:
    """Whether Dagster made this job itself."""
    return name.upper().startswith(IMPLICIT)


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


def selections(repository: Any) -> dict[str, tuple[set[str], set[str]]]:
    """Job name -> (asset keys, "asset:check") it selects, as the web server is told."""
    from dagster._core.remote_representation import external_data

    if hasattr(external_data, "RepositorySnap"):  # 1.9 and newer
        snap = external_data.RepositorySnap.from_def(repository, defer_snapshots=True)
        nodes, checks = snap.asset_nodes, snap.asset_check_nodes or []
    else:
        snap = external_data.external_repository_data_from_def(repository, defer_snapshots=True)
        nodes, checks = snap.external_asset_graph_data, snap.external_asset_checks or []
    found: dict[str, tuple[set[str], set[str]]] = {}
    for node in nodes:
        executable = bool(node.op_name or node.node_definition_name)
        for name in node.job_names if executable else []:
            found.setdefault(name, (set(), set()))[0].add(path(node.asset_key))
    for node in checks:
        for name in node.job_names:
            found.setdefault(name, (set(), set()))[1].add(f"{path(node.asset_key)}:{node.name}")
    return found


# ---- assets and checks -----------------------------------------------------------------------


def path(key: Any) -> str:
    """An asset key, its parts joined by `/`."""
    return "/".join(key.path)


def all_keys(graph: Any) -> Iterable[Any]:
    """Every asset key of the graph; the accessor was renamed in 1.8."""
    newer = getattr(graph, "get_all_asset_keys", None)
    keys: Iterable[Any] = newer() if newer else graph.all_asset_keys
    return keys


def asset(node: Any) -> dict[str, Any]:
    """One asset of the graph."""
    ops = op_defs(node.assets_def) if node.is_executable else []
    policies = {op.retry_policy for op in ops}
    condition = getattr(node, "automation_condition", None) or getattr(node, "auto_materialize_policy", None)
    return {
        "key": path(node.key),
        "deps": sorted(path(k) for k in node.parent_keys),
        "group": node.group_name or "default",
        "partitions": partition_keys(node.partitions_def),
        "retries": retries(policies.pop()) if len(policies) == 1 else None,
        "source": not node.is_executable or (node.is_observable and not node.is_materializable),
        "automation": str(condition) if condition else None,
        "description": node.description,
        "pools": sorted({name for op in ops for name in pools(op)}),
        "owners": owners(node),
        "freshness": freshness(node),
        "backfill": backfill(node),
        "place": place_of(ops[0]) if ops else None,
        **(wiring(node) if node.is_executable else {}),
    }


def wiring(node: Any) -> dict[str, Any]:
    """How an asset is made: by which step, which inputs it takes as values, which IO manager stores it."""
    definition = node.assets_def
    try:
        computation = definition.node_def
        inputs = {i.name for i in computation.input_defs if not i.dagster_type.is_nothing}
        loads = sorted(path(k) for name, k in definition.keys_by_input_name.items() if name in inputs)
        names = {k: name for name, k in definition.keys_by_output_name.items()}
        output = computation.output_def_named(names[node.key])
        store = "" if output.dagster_type.is_nothing else output.io_manager_key
    except Exception:  # an assets definition without a computation raises, in ways that vary
        return {"step": "", "loads": [], "store": ""}
    return {"step": computation.name, "loads": loads, "store": store}


def owners(node: Any) -> list[str]:
    """Who owns an asset, as `team:name` or an address; before 1.8 teams were objects."""
    found = getattr(node, "owners", None) or ()
    return sorted(o if isinstance(o, str) else f"team:{getattr(o, 'team', None) or o.email}" for o in found)


def freshness(node: Any) -> str | None:
    """The freshness policy of an asset, whichever name this version keeps it under."""
    names = ("freshness_policy", "legacy_freshness_policy", "freshness_policy_or_from_metadata")
    return next((str(p) for name in names if (p := getattr(node, name, None)) is not None), None)


def backfill(node: Any) -> int | None:
    """How many partitions a backfill puts into one run, 0 for all; None for an asset without partitions."""
    if node.partitions_def is None:
        return None
    policy = getattr(node, "backfill_policy", None)
    return 1 if policy is None else policy.max_partitions_per_run or 0


def pools(op: Any) -> list[str]:
    """The pool an op runs in; before 1.9 the key of a tag."""
    named = [getattr(op, "pool", None), (op.tags or {}).get("dagster/concurrency_key")]
    return sorted({name for name in named if name})


def op_defs(assets_def: Any) -> list[Any]:
    """The ops that compute an assets definition; none for an external asset."""
    try:
        return list(assets_def.node_def.iterate_op_defs())
    except Exception:  # an assets definition without a computation raises, in ways that vary
        return []


def check_name(found: dict[str, Any]) -> str:
    """How a check is called in a list: `asset:name`."""
    return f"{found['asset']}:{found['name']}"


def check(graph: Any, key: Any) -> dict[str, Any]:
    """One asset check."""
    spec = graph.get_check_spec(key)
    return {
        "asset": path(key.asset_key),
        "name": key.name,
        "blocking": bool(getattr(spec, "blocking", False)),
        "description": spec.description,
    }


def partition_keys(definition: Any) -> list[str] | None:
    """All keys there are; of time windows those up to the end of the simulated year."""
    if definition is None:
        return None
    name = getattr(definition, "name", None)
    if type(definition).__name__ == "DynamicPartitionsDefinition":
        return [f"<dynamic:{name}>"]
    dimensions = getattr(definition, "partitions_defs", None)
    if dimensions:  # of several dimensions; sorted by name, as Dagster does
        parts = {d.name: partition_keys(d.partitions_def) or [] for d in dimensions}
        if any(keys and keys[0].startswith("<dynamic:") for keys in parts.values()):
            return [f"{part}: {', '.join(keys)}" for part, keys in sorted(parts.items())]
        return ["|".join(keys) for keys in itertools.product(*(parts[part] for part in sorted(parts)))]
    try:
        return list(definition.get_partition_keys(current_time=YEAR[1]))
    except TypeError:  # a kind of the user's own, or one that takes no moment
        return list(definition.get_partition_keys())


def retries(policy: Any) -> dict[str, Any] | None:
    """A retry policy, with the delays it gives before each attempt, jitter left out."""
    if policy is None or policy.max_retries == 0:
        return None
    still = policy._replace(jitter=None)
    return {
        "max": policy.max_retries,
        "delay": policy.delay,
        "backoff": policy.backoff.value if policy.backoff else None,
        "jitter": policy.jitter.value if policy.jitter else None,
        "delays": [float(still.calculate_delay(n)) for n in range(1, policy.max_retries + 1)],
    }


# ---- jobs ------------------------------------------------------------------------------------


def job(definition: Any, assets: set[str], checks: set[str]) -> dict[str, Any]:
    """One job: what it selects, its steps, its partitions, its configuration's defaults."""
    found = sorted(steps(definition.graph, "", {}), key=lambda step: step[0])
    asset_job = bool(assets or checks)
    return {
        "name": definition.name,
        "kind": "asset" if asset_job else "op",
        "assets": sorted(assets),
        "checks": sorted(checks),
        "steps": [] if asset_job else [step(definition, name, deps, op) for name, deps, op in found],
        "partitions": partition_keys(definition.partitions_def),
        "config": {k: v for name, _, op in found for k, v in config_of(name, op, definition)},
        "sequential": definition.executor_def.name == "in_process",
        "job_retries": retries(getattr(definition, "op_retry_policy", None)),
    }


def steps(graph: Any, prefix: str, outer: dict[str, list[str]]) -> Iterator[tuple[str, list[str], Any]]:
    """(handle, handles it waits for, op definition) of every op, nested graphs flattened to `graph.op`."""
    structure = graph.dependency_structure
    for node in graph.nodes:
        inputs: dict[str, list[str]] = {}
        for end, outputs in structure.input_to_upstream_outputs_for_node(node.name).items():
            inputs.setdefault(end.input_name, []).extend(prefix + origin(output) for output in outputs)
        for mapping in graph.input_mappings:
            if mapping.maps_to.node_name == node.name:
                given = outer.get(mapping.graph_input_name, [])
                inputs.setdefault(mapping.maps_to.input_name, []).extend(given)
        if hasattr(node.definition, "dependency_structure"):
            yield from steps(node.definition, f"{prefix}{node.name}.", inputs)
        else:
            yield prefix + node.name, sorted({s for given in inputs.values() for s in given}), node.definition


def origin(output: Any) -> str:
    """The handle of the op that really gives this output, looked up through nested graphs."""
    definition = output.node.definition
    if not hasattr(definition, "dependency_structure"):
        return str(output.node.name)
    _, handle = definition.resolve_output_to_origin(output.output_def.name, None)
    return f"{output.node.name}.{handle}".replace("None.", "")


def step(definition: Any, name: str, deps: list[str], op: Any) -> dict[str, Any]:
    """One step of an op job; `inputs` are values that no other step gives."""
    return {
        "name": name,
        "deps": deps,
        "retries": step_retries(definition, name),
        "pools": pools(op),
        "inputs": dict(inputs_from_outside(definition, name, op)),
    }


def inputs_from_outside(definition: Any, handle: str, op: Any) -> Iterator[tuple[str, Any]]:
    """(input, default) of what a step is given by configuration, by the job's inputs, or not at all."""
    *outer, name = handle.split(".")
    graph = definition.graph
    for part in outer:
        graph = graph.node_named(part).definition
    linked = {end.input_name for end in graph.dependency_structure.input_to_upstream_outputs_for_node(name)}
    linked |= {m.maps_to.input_name for m in graph.input_mappings if m.maps_to.node_name == name and outer}
    given = getattr(definition, "_input_values", None) or getattr(definition, "input_values", None) or {}
    for input_name, found in op.input_dict.items():
        if input_name in linked or found.dagster_type.is_nothing:
            continue
        if input_name in given:
            yield input_name, plain(given[input_name])
        else:
            yield input_name, plain(found.default_value) if found.has_default_value else "(required)"


def step_retries(definition: Any, handle: str) -> dict[str, Any] | None:
    """What a job does when this step fails: its own policy, the invocation's or the job's."""
    from dagster._core.definitions.dependency import NodeHandle

    return retries(definition.get_retry_policy_for_handle(NodeHandle.from_path(handle.split("."))))


def config_of(name: str, op: Any, definition: Any) -> Iterator[tuple[str, Any]]:
    """("op.field", default) of an op's configuration, overlaid with what the job presets."""
    if not op.config_schema:
        return
    preset: Any = getattr(definition, "run_config", None) or {}
    for part in name.split("."):
        preset = (preset.get("ops") or preset.get("solids") or {}).get(part) or {}
    yield from fields(name, op.config_schema.as_field().config_type, preset.get("config") or {})


def fields(name: str, kind: Any, preset: Any) -> Iterator[tuple[str, Any]]:
    """Flatten a configuration type into ("path.field", default); required ones say so."""
    for field_name, field in (getattr(kind, "fields", None) or {}).items():
        inner = getattr(field.config_type, "fields", None)
        given = preset.get(field_name) if isinstance(preset, dict) else None
        if inner and hasattr(field.config_type, "fields") and not isinstance(given, str):
            below = given or (field.default_value if field.default_provided else {})
            yield from fields(f"{name}.{field_name}", field.config_type, below)
        elif given is not None:
            yield f"{name}.{field_name}", given
        elif field.default_provided:
            yield f"{name}.{field_name}", plain(field.default_value)
        else:
            yield f"{name}.{field_name}", "(required)" if field.is_required else None


def plain(value: Any) -> Any:
    """A default as JSON knows it."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return getattr(value, "name", value) if hasattr(value, "__members__") else value
    return getattr(value, "name", None) or str(value)


def resource_values(repository: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → value) of configured resources, environment variables read."""
    for key, definition in repository.get_top_level_resources().items():
        if not definition.config_schema:
            continue
        field = definition.config_schema.as_field()
        given = field.default_value if field.default_provided else {}
        found = dict(fields(key, field.config_type, given if isinstance(given, dict) else {}))
        yield key, {name[len(key) + 1 :]: from_environment(value) for name, value in found.items()}


def resource_fields(repository: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(resource key, field → default) of the project's own classes of resources."""
    root = Path.cwd()
    for key, definition in repository.get_top_level_resources().items():
        made = class_of(definition)
        file = getattr(sys.modules.get(getattr(made, "__module__", "")), "__file__", None)
        if made is None or not below(file, root):
            continue
        fields_of = getattr(made, "model_fields", None) or getattr(made, "__fields__", {})
        yield key, {name: default_of(field) for name, field in fields_of.items()}


def class_of(definition: Any) -> Any:
    """The class of a configurable resource; before 1.9 its definition wraps an object of it."""
    inner = getattr(definition, "wrapped_resource", None) or definition
    made = getattr(inner, "configurable_resource_cls", None)
    return made or (type(inner) if hasattr(type(inner), "model_fields") else None)


def default_of(field: Any) -> Any:
    """A field's default, of either generation of pydantic."""
    required = getattr(field, "is_required", None)
    if required() if callable(required) else getattr(field, "required", False):
        return "(required)"
    return plain(getattr(field, "default", None))


def from_environment(value: Any) -> Any:
    """What `EnvVar` stands for, in the environment of this process."""
    name = value.get("env") if isinstance(value, dict) and len(value) == 1 else None
    return os.environ.get(name) if isinstance(name, str) else value


# ---- schedules and sensors -------------------------------------------------------------------


def schedule(definition: Any, repository: Any) -> dict[str, Any]:
    """One schedule, with the moments it ticks in the simulated year by Dagster's own reckoning."""
    from dagster._utils.schedules import schedule_execution_time_iterator

    cron = definition.cron_schedule
    zone = definition.execution_timezone or "UTC"
    moments: list[str] = []
    for local in schedule_execution_time_iterator(YEAR[0].timestamp(), cron, zone):
        moment = local.astimezone(UTC)
        if moment >= YEAR[1] or len(moments) == MOST_TICKS:
            break
        moments.append(moment.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return {
        "name": definition.name,
        "job": definition.job_name,
        "cron": cron if isinstance(cron, str) else " | ".join(cron),
        "timezone": zone,
        "status": definition.default_status.value,
        "requests": run_requests(definition, moments, zone, repository),
        "ticks": ticks(moments),
    }


def time_zone(name: str) -> Any:
    """A time zone; before Python 3.9 from the library that Dagster brings along."""
    try:
        return importlib.import_module("zoneinfo").ZoneInfo(name)
    except ImportError:
        return importlib.import_module("pytz").timezone(name)


def run_requests(definition: Any, moments: list[str], zone: str, repository: Any) -> dict[str, Any]:
    """Moment → the runs a schedule asks for then: partition and configuration; or why it cannot be asked."""
    from dagster import build_schedule_context

    found: dict[str, Any] = {}
    for moment in moments[:MOST_ASKED]:
        at = dt.datetime.strptime(moment, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        local = at.astimezone(time_zone(zone))  # as Dagster's daemon hands it over
        try:
            with build_schedule_context(scheduled_execution_time=local, repository_def=repository) as context:
                requests = definition.evaluate_tick(context).run_requests or []
        except Exception as problem:  # a schedule's own code may need what only a running deployment has
            found[moment] = f"error: {type(problem).__name__}"
            continue
        found[moment] = [
            {"partition": r.partition_key, "config": dict(flat_config(r.run_config or {}))} for r in requests
        ]
    return found


def flat_config(run_config: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """("op.field", value) of the ops of a run configuration."""
    for op, given in (run_config.get("ops") or {}).items():
        yield from flat_config(given, f"{name}{op}.")
        for key, value in (given.get("config") or {}).items():
            yield from flat_values(f"{name}{op}.{key}", value)


def flat_values(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """("path.field", value) of one configuration value."""
    if not isinstance(value, dict):
        yield name, plain(value)
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from flat_values(f"{name}.{key}", inner)


def ticks(moments: list[str]) -> dict[str, Any]:
    """The year's ticks and their digest."""
    digest = hashlib.sha256("\n".join(moments).encode()).hexdigest()
    return {"count": len(moments), "sha256": digest, "moments": moments}


def sensor(definition: Any, dagster: Any) -> dict[str, Any]:
    """One sensor and the job it asks for, if it names one."""
    names = sorted(
        target.job_name for target in getattr(definition, "targets", None) or [] if target.job_name
    )
    kind = getattr(definition, "sensor_type", None)
    return {
        "name": definition.name,
        "job": ", ".join(n for n in names if not is_implicit(n)) or None,
        "kind": kind.value
        if isinstance(kind, dagster._core.definitions.sensor_definition.SensorType)
        else None,
        "interval": definition.minimum_interval_seconds,
        "status": definition.default_status.value,
    }


# ---- what is decorated but not deployed ------------------------------------------------------


def place_of(op: Any) -> tuple[str, int] | None:
    """(file, line) of the function behind an op, asset, check, schedule or sensor."""
    for name in ("compute_fn", "_evaluation_fn", "_raw_sensor_fn", "_execution_fn"):
        op = getattr(op, name, None) or op
    function = getattr(op, "decorated_fn", op)
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code else None


def places(repository: Any) -> set[tuple[str, int] | None]:
    """The code places of every op of every deployed job and asset."""
    ops = [o for d in repository.asset_graph.assets_defs for o in op_defs(d)]
    for definition in repository.get_all_jobs():
        ops.extend(op for _, _, op in steps(definition.graph, "", {}))
    return {place_of(op) for op in ops}


def modules_below(root: Path, module: str) -> Iterator[tuple[str, Path]]:
    """(module name, file) of the module's own top-level package, or of the one file it is."""
    top = root / module.partition(".")[0]
    if module.endswith(".py") or not top.is_dir():
        file = root / (module if module.endswith(".py") else f"{module}.py")
        yield from [(module, file)] if file.is_file() else []
        return
    for file in sorted(top.rglob("*.py")):
        relative = file.relative_to(root)
        if not SKIPPED.intersection(relative.parts) and not any(p.startswith(".") for p in relative.parts):
            parts = relative.with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


def import_file(name: str, file: Path) -> Any:
    """Import a module; a file hidden behind a package of the same name is loaded by its path."""
    module = importlib.import_module(name)
    if Path(module.__file__ or "").resolve() == file.resolve():
        return module
    spec = importlib.util.spec_from_file_location(f"{name}__shadowed", file)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {file}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def undeployed(
    root: Path, module: str, deployed: set[Any], dump: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Definitions in the project's modules that the repository does not hold; modules that do not import."""
    names = {x["name"] for part in ("jobs", "schedules", "sensors") for x in dump[part]}
    found: dict[Any, dict[str, Any]] = {}
    broken = []
    for name, file in modules_below(root, module):
        relative = file.relative_to(root).as_posix()
        try:
            loaded = import_file(name, file)
        except BaseException as problem:  # a module may even call sys.exit
            if isinstance(problem, KeyboardInterrupt):
                raise
            broken.append({"module": name, "file": relative, **explain(problem, root)})
            continue
        lines = assigned_lines(file)
        for variable, value in definitions_in(loaded):
            kind, label, op = describe(value)
            place = place_of(op) if op is not None else None
            if kind is None or (place in deployed if place else label in names):
                continue
            where = Path(place[0]) if place else file
            line = place[1] if place else lines.get(variable)
            shown = below(where, root)
            if shown and (place or variable in lines):
                found[kind, label, shown, line] = {"kind": kind, "name": label, "file": shown, "line": line}
    return sorted(found.values(), key=lambda u: (u["file"], u["line"] or 0, u["name"])), broken


def definitions_in(module: Any) -> Iterator[tuple[str, Any]]:
    """(variable, value) of a module's names, looking into lists, tuples and dicts one level deep."""
    for name, value in list(vars(module).items()):
        if name.startswith("__"):
            continue
        # Exact types: many of Dagster's own definitions are tuples underneath.
        inner = (
            list(value.values())
            if type(value) is dict
            else value
            if type(value) in (list, tuple)
            else [value]
        )
        yield from ((name, item) for item in inner)


def describe(value: Any) -> tuple[str | None, str, Any]:
    """(Dagster's name of the construct, its own name, the object with its function) of a definition."""
    kinds = {
        "AssetChecksDefinition": "asset_check",
        "AssetsDefinition": "asset",
        "JobDefinition": "job",
        "UnresolvedAssetJobDefinition": "define_asset_job",
        "ScheduleDefinition": "schedule",
        "UnresolvedPartitionedAssetScheduleDefinition": "schedule",
        "SensorDefinition": "sensor",
        "OpDefinition": "op",
    }
    mro = [c.__name__ for c in type(value).__mro__ if c.__module__.startswith("dagster.")]
    kind = next((kinds[n] for n in mro if n in kinds), None)
    if kind in ("asset", "asset_check"):
        ops = op_defs(value)
        keys = sorted(path(k) for k in value.keys) or [
            f"{path(s.asset_key)}:{s.name}" for s in value.check_specs
        ]
        if not value.keys and kind == "asset":
            kind = "asset_check"
        return (
            (kind, ", ".join(keys[:3]) + (", …" if len(keys) > 3 else ""), ops[0])
            if ops
            else (None, "", None)
        )
    if kind == "op":
        return kind, value.name, value
    return kind, getattr(value, "name", ""), None


def assigned_lines(file: Path) -> dict[str, int]:
    """Where a module's names are bound: assignments, functions and classes."""
    found: dict[str, int] = {}
    for node in ast.parse(file.read_bytes()).body:
        targets: list[Any] = getattr(node, "targets", None) or [getattr(node, "target", node)]
        for target in targets:
            name = getattr(target, "id", None) or getattr(target, "name", None)
            if isinstance(name, str):
                found.setdefault(name, node.lineno)
    return found


if __name__ == "__main__":
    sys.exit(main())
