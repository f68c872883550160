"""One line in the legacy project, and assets routed to Prefect are made by Prefect: `defs = route(defs)`.

    from shims.dagster_proxy import route
    defs = route(defs)

Assets that routing.toml calls `prefect` keep their key, group, partitions, checks and place in the graph;
their body runs the converted task in the target's interpreter (`prefect_part`) and reports its metadata
and verdicts back. `retired` ones become external assets that Dagster no longer runs. All others are
untouched; without routing.toml, and within a dual run, nothing is. Delete the line, and all is as before.

Works from Dagster 1.7 on, in Python 3.8 or newer; needs `tomllib` or `tomli`, which Dagster itself brings.

Upstream: https://docs.dagster.io/api/dagster/assets and https://docs.dagster.io/api/dagster/definitions
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shims.proxy_way import CONFIG, Way, find_config, path, read_rules, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shims.dagster_values import Value

MARK = "CHANGEOVER_RUN"
"""Set within a dual run and by `migrate verify`: both look at the legacy as it was."""
BRIDGED = "CHANGEOVER_BRIDGED"
"""Set where a Prefect task has Dagster do the work: by itself, or the two would call each other for ever."""
ROUTING = "CHANGEOVER_ROUTING"
"""Path of a routing.toml that counts everywhere, in a dual run, too."""


def route(defs: Any, config_file: str | Path = "") -> Any:
    """The same Definitions, with assets routed to Prefect made by Prefect.

    Args:
        defs: a `Definitions`.
        config_file: migration.toml; default: CHANGEOVER_CONFIG, else searched from the caller's file upwards.

    Raises:
        LookupError: there is no migration.toml.
        ValueError: assets of one function that cannot be split are routed apart.
    """
    near = Path(config_file or os.environ.get(CONFIG) or sys._getframe(1).f_code.co_filename).absolute()
    forced = os.environ.get(ROUTING, "")
    if os.environ.get(BRIDGED) or (os.environ.get(MARK) and not forced):
        return defs
    config = find_config(near)
    file = Path(forced) if forced else config.with_name("routing.toml")
    rules = read_rules(file)
    if not any(rule.state in ("prefect", "retired") for rule in rules):
        return defs
    handover = read_toml(file).get("handover", {})
    return rebuilt(defs, Way(config, rules, read_rules(file, "deployments"), frozenset(handover)))


# ---- the graph, with stand-ins -----------------------------------------------------------------


def rebuilt(defs: Any, way: Way) -> Any:
    """A `Definitions` like this one, whose routed assets have another body."""
    from dagster import Definitions

    from shims.dagster_values import default_values, refuse_lost

    checks = list(defs.asset_checks or ())
    listed = [a for a in defs.assets or () if hasattr(a, "keys") and hasattr(a, "node_def")]
    untouched = [a for a in defs.assets or () if not any(a is other for other in listed)]
    values = default_values(listed, checks, defs.resources)
    refuse_lost(listed, values, way)
    assets: list[Any] = []
    moved: set[Any] = set()
    for definition in listed:
        states = {key: way.state(definition, key) for key in definition.keys}
        assets += list(split(definition, states, checks, way, values))
        moved |= {key for key, state in states.items() if state in ("prefect", "retired")}
    kept = [check for check in checks if not {key.asset_key for key in check.check_keys} <= moved]
    names = ("jobs", "schedules", "sensors", "resources", "executor", "loggers", "metadata")
    same = {name: getattr(defs, name) for name in names if getattr(defs, name, None) is not None}
    return Definitions(assets=[*untouched, *assets], asset_checks=kept, **same)


def split(
    definition: Any, states: dict[Any, str], checks: list[Any], way: Way, values: dict[Any, Value]
) -> Iterator[Any]:
    """One assets definition as what it becomes: itself, a stand-in, external assets, or some of each.

    Raises:
        ValueError: its assets are routed apart, and one function makes them all.
    """
    away = {key for key, state in states.items() if state in ("prefect", "retired")}
    if not away:
        yield definition
        return
    runners = {"dagster" if state == "shadow" else state for state in states.values()}
    if len(runners) > 1:
        names = ", ".join(f"{path(key)} is {state}" for key, state in sorted(states.items(), key=str))
        raise ValueError(f"one function makes all of these, route them alike: {names}")
    if runners == {"retired"}:
        yield from external(definition)
    else:
        yield stand_in(definition, own_checks(definition, checks), way, values)


def external(definition: Any) -> Iterator[Any]:
    """The assets as Dagster shows what others make."""
    import dagster

    found = []
    for spec in specs_of(definition):
        given = {
            name: getattr(spec, name, None) for name in ("deps", "description", "metadata", "group_name")
        }
        found.append(dagster.AssetSpec(spec.key, **{name: value for name, value in given.items() if value}))
    if tuple(int(part) for part in dagster.__version__.split(".")[:2]) < (1, 8):
        yield from dagster.external_assets_from_specs(found)
    else:
        yield from found


def specs_of(definition: Any) -> list[Any]:
    """What is declared of each of its assets."""
    return list(definition.specs)


def own_checks(definition: Any, checks: list[Any]) -> list[Any]:
    """All checks of its assets: those its function makes, and those that stand alone."""
    found = list(getattr(definition, "check_specs", ()))
    for check in checks:
        found += [spec for spec in check.check_specs if spec.asset_key in definition.keys]
    return list({spec.key: spec for spec in found}.values())


def stand_in(definition: Any, checks: list[Any], way: Way, values: dict[Any, Value]) -> Any:
    """The same assets, made by Prefect; of `values` those it takes and makes go through Dagster's store."""
    from dagster import AssetIn, multi_asset

    from shims.dagster_values import ins_of

    computation = definition.node_def
    names = {key: name for name, key in definition.keys_by_output_name.items()}
    upstream = {names[s.key]: {d.asset_key for d in s.deps} for s in specs_of(definition)}
    schema, deployment = config_fields(computation), way.deployment(definition)
    request: dict[str, Any] = {"assets": [path(key) for key in names], "deployment": deployment}
    request["checks"] = [[path(check.asset_key), check.name] for check in checks]
    order = {key: names[key] for key in ordered(upstream, dict(definition.keys_by_output_name))}
    # A deployment runs somewhere else, and whole: nothing can be handed to it, nor taken back.
    taken = {} if deployment else ins_of(definition, values)
    kept = {} if deployment else {key: values[key] for key in names if key in values}
    bare = {key for found in upstream.values() for key in found} - {*names, *(v.key for v in taken.values())}

    @multi_asset(
        name=computation.name,
        ins={name: AssetIn(key=value.key) for name, value in taken.items()},
        outs=outs_of(definition, names, kept),
        deps=sorted(bare, key=path),
        internal_asset_deps=upstream if len(names) > 1 else None,
        partitions_def=definition.partitions_def,
        check_specs=checks or None,
        config_schema=schema,
        compute_kind="prefect",
    )
    def made_by_prefect(context, **given):  # type: ignore[no-untyped-def]
        from shims.proxy_process import ProxyRun

        handed = [(path(taken[name].key), taken[name].told, value) for name, value in given.items()]
        back = {path(key): value.told for key, value in kept.items()}
        asked = {**request, **asked_by(context, schema is not None)}
        with ProxyRun(way.config, asked, handed, back) as run:
            yield from report(context, run, order)

    return made_by_prefect


def asked_by(context: Any, configurable: bool) -> dict[str, Any]:
    """What a running step asks for beside its assets: tags, its partition, its configuration."""
    attempt = f"{context.run_id}:{getattr(context, 'retry_number', 0)}"
    asked: dict[str, Any] = {"tags": {"changeover.dagster_run": context.run_id}, "attempt": attempt}
    if context.has_partition_key:
        asked["parameters"] = {"partition_key": context.partition_key}
    if configurable and config_of(context):
        asked["config"] = config_of(context)
    return asked


def outs_of(definition: Any, names: dict[Any, str], kept: dict[Any, Value]) -> dict[str, Any]:
    """Its outputs as they were, but all optional, and of no type where Prefect has stored them already."""
    from dagster import Any as AnyType
    from dagster import AssetOut, Nothing

    outs = {}
    for spec in specs_of(definition):
        given = {
            name: getattr(spec, name, None)
            for name in ("description", "metadata", "group_name", "tags", "owners")
        }
        # Nothing is handed to an IO manager of the project: the task has called it. Who loads still asks it.
        outs[names[spec.key]] = AssetOut(
            key=spec.key,
            dagster_type=AnyType if spec.key in kept else Nothing,
            io_manager_key=definition.node_def.output_def_named(names[spec.key]).io_manager_key,
            is_required=False,
            **{name: value for name, value in given.items() if value},
        )
    return outs


def ordered(upstream: dict[str, set[Any]], key_of: dict[str, Any]) -> Iterator[Any]:
    """The keys so that each comes after those of them it is made of: Dagster asks for that order."""
    waiting, done = dict(sorted(upstream.items())), set()  # type: dict[str, set[Any]], set[Any]
    own = set(key_of.values())
    while waiting:
        ready = [name for name, deps in waiting.items() if not (deps & own) - done - {key_of[name]}] or list(
            waiting
        )
        for name in ready:
            del waiting[name]
            done.add(key_of[name])
            yield key_of[name]


def config_fields(computation: Any) -> dict[str, Any] | None:
    """The configuration an op takes, field by field; None when it takes none, or no mapping."""
    declared = getattr(computation, "config_schema", None)
    fields = getattr(getattr(declared, "config_type", None), "fields", None)
    return dict(fields) if fields else None


def config_of(context: Any) -> Any:
    """The configuration of the running op."""
    inner = getattr(context, "op_execution_context", context)
    return dict(inner.op_config or {})


def report(context: Any, run: Any, names: dict[Any, str]) -> Iterator[Any]:
    """Follow the Prefect run: log lines as they come, then materialisations and verdicts.

    Raises:
        Failure: Prefect's run failed; its message, and the last stack it logged.
    """
    from dagster import Failure

    made: dict[str, dict[str, Any]] = {}
    verdicts: list[dict[str, Any]] = []
    ok, message, stack = False, "", ""
    for event in run.events():
        kind = event["event"]
        if kind == "log":
            context.log.log(max(int(event["level"]), 10), event["message"])
            stack = event.get("stack") or stack
        elif kind == "materialization":
            made[event["asset"]] = event["metadata"]
        elif kind == "check":
            verdicts.append(event)
        elif kind in ("finished", "error"):
            ok, message = bool(event.get("ok")), str(event.get("message", ""))
            stack = event.get("stack") or stack
    yield from results(made, verdicts, names, context, run)
    if not ok or run.exit != 0:
        words = message or f"it ended with exit code {run.exit}: {run.last_words}"
        raise Failure(f"Prefect: {words}" + (f"\n\n{stack}" if stack else ""))


def results(
    made: dict[str, dict[str, Any]],
    verdicts: list[dict[str, Any]],
    names: dict[Any, str],
    context: Any,
    run: Any,
) -> Iterator[Any]:
    """What Dagster is told: each asset that was made, with its value and metadata, and each verdict."""
    from dagster import AssetCheckResult, AssetCheckSeverity, Output

    for key, name in names.items():
        if path(key) in made:
            facts = {k: v for k, v in made[path(key)].items() if v is not None}
            yield Output(run.value(path(key)), name, metadata=facts)
    declared = {(path(spec.asset_key), spec.name): spec for spec in context.assets_def.check_specs}
    for verdict in verdicts:
        spec = declared.get((verdict["asset"], verdict["name"]))
        if spec is not None:
            yield AssetCheckResult(
                passed=bool(verdict["passed"]),
                asset_key=spec.asset_key,
                check_name=spec.name,
                severity=AssetCheckSeverity(verdict["severity"]),
                metadata={k: v for k, v in (verdict.get("metadata") or {}).items() if v is not None},
                description=verdict.get("description"),
            )
