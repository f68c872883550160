"""Flows that no job of the project asks for: assets that automation or a person starts.

Dagster lets one materialize any asset, and starts some by a condition. Each asset that no job selects is
in one of these flows: one for all that follow the same cron line, one for the eager ones, and one for
the rest of each partitioning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import libcst as cst

from migrate.model import Model
from migrate.reading.automation import condition_of
from migrate.reading.lines import code_of
from migrate.reading.names import ModuleNames
from migrate.reading.ordering import in_order
from migrate.reading.project import PythonFile
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.deployments import Deployment, Schedule, Trigger
from migrate.rewriting.file import refuse_broken
from migrate.rewriting.flows import flow_code
from migrate.rewriting.imports import mend
from migrate.rewriting.layout import quoted
from migrate.rewriting.targeted import selection_of
from migrate.rewriting.wiring import selected_units, units_of_job, units_wiring
from migrate.rewriting.work import Work

NAME = "materialize.py"
HEAD = '"""Flows over assets that no job selects: started by hand, on a schedule, or by an event."""\n'
MATERIALIZED = "prefect.asset.materialization.succeeded"


@dataclass(frozen=True)
class Group:
    """One flow to be: its name, its units, when it runs, and what starts it."""

    name: str
    units: tuple[Unit, ...]
    schedule: Schedule | None = None
    triggers: tuple[Trigger, ...] = ()


Implicit = tuple[str, str, list[Deployment], list[str]]
"""The path and source of a module, its deployments, and what could not be wired; no path if none."""


def implicit_flows(model: Model) -> Implicit:
    """The flows over assets that no job selects."""
    if not model.definitions:
        return "", "", [], []
    path, module = _place(model)
    loaded: dict[str, ModuleNames] = getattr(model.project.names.modules, "loaded", {})
    other = loaded.get(module)
    loaded[module] = ModuleNames(module, False)
    try:
        return _module(model, path, module)
    finally:  # other files know nothing of it
        loaded.pop(module)
        loaded.update({module: other} if other else {})


def _module(model: Model, path: str, module: str) -> Implicit:
    file = PythonFile(path, module, False, cst.parse_module(""))
    modules = model.project.names.modules
    work = Work(model, file)
    parts, deployments, problems = [], [], []
    for group in groups(model):
        wiring = units_wiring(work, list(group.units), None)
        code = flow_code(work, group.name, [f"name={quoted(group.name)}"], wiring)
        if wiring.problems:
            problems.append(f"{group.name}: {'; '.join(wiring.problems)}")
            continue
        try:
            refuse_broken(code)
        except (SyntaxError, cst.ParserSyntaxError) as problem:
            problems.append(f"{group.name}: could not be written: {problem}")
            continue
        parts.append(code)
        schedules = (group.schedule,) if group.schedule else ()
        entry = f"{path}:{group.name}"
        deployments.append(Deployment(group.name, entry, schedules=schedules, triggers=group.triggers))
    if not parts:
        return "", "", [], problems
    tree = mend(
        cst.parse_module(HEAD + "\n\n".join(parts)),
        {},
        work.needed,
        lambda name: False,
        lambda name: name in modules or name.split(".")[0] in modules,
    )
    return path, code_of(_spaced(tree)), deployments, problems


def _spaced(tree: cst.Module) -> cst.Module:
    empty = cst.EmptyLine(indent=False)
    body = [
        part.with_changes(leading_lines=[empty, empty]) if isinstance(part, cst.FunctionDef) else part
        for part in tree.body
    ]
    return tree.with_changes(body=body)


def _place(model: Model) -> tuple[str, str]:
    """Beside the module of the definitions."""
    root = model.definitions[-1]
    named = [c for c in model.definitions if c.module.rpartition(".")[2] == "definitions"]
    root = min(named or [root], key=lambda c: c.file.count("/"))
    folder = PurePosixPath(root.file).parent
    package = root.module if root.file.endswith("__init__.py") else root.module.rpartition(".")[0]
    taken = {f.path for f in model.project.files}
    name = NAME if (folder / NAME).as_posix() not in taken else f"flows_{NAME}"
    stem = name.removesuffix(".py")
    return (folder / name).as_posix(), f"{package}.{stem}" if package else stem


def groups(model: Model) -> Iterator[Group]:
    """The flows there are to be, by what starts them."""
    selected = _selected(model)
    left = [u for u in model.deployed_units if u.construct.place not in selected]
    assets = [u for u in left if u.does != "check"]
    checks = [u for u in model.deployed_units if u.does == "check"]
    sets: dict[tuple[str, Any], list[Unit]] = {}
    for unit in _automated(model):
        condition = condition_of(model, unit.construct, unit.scope)
        if condition.cron:
            sets.setdefault((f"on {condition.cron} {condition.timezone}", _partition(unit)), []).append(unit)
        elif condition.eager:
            sets.setdefault(("eager", _partition(unit)), []).append(unit)
    automated = {u.construct.place for units in sets.values() for u in units}
    for unit in assets:
        if unit.construct.place not in automated:
            sets.setdefault(("all", _partition(unit)), []).append(unit)
    for place, ((kind, _), units) in enumerate(sets.items()):
        same = sum(k == kind for k, _ in list(sets)[:place])
        yield _group(model, kind, same, units, checks)


def _group(model: Model, kind: str, same: int, units: list[Unit], checks: list[Unit]) -> Group:
    keys = {key for unit in units for key in unit.keys}
    ordered = in_order([*units, *(c for c in checks if {x.asset for x in c.checks} <= keys)])
    more = f"_{same + 1}" if same else ""
    if kind.startswith("on "):
        condition = condition_of(model, units[0].construct, units[0].scope)
        name = "".join(c if c.isalnum() else "_" for c in f"on_cron_{condition.cron}").strip("_")
        name = "_".join(part for part in name.split("_") if part)
        return Group(name + more, tuple(ordered), Schedule(condition.cron, condition.timezone, active=True))
    if kind == "eager":
        above = sorted({k for u in units for k in u.upstream} - keys)
        trigger = Trigger((MATERIALIZED,), tuple(f"asset://{k}" for k in above), active=True)
        return Group(f"eager_assets{more}", tuple(ordered), triggers=(trigger,) if above else ())
    return Group(f"materialize_all{more}", tuple(ordered))


def _partition(unit: Unit) -> str:
    """Tells one partitioning from another; empty for none."""
    partitions = unit.partitions
    if not isinstance(partitions, Called):
        return "" if partitions is None else "unknown"
    return partitions.place or repr(partitions)


def _automated(model: Model) -> list[Unit]:
    return [u for u in model.deployed_units if u.does in ("asset", "dbt")]


def _selected(model: Model) -> set[str]:
    """The places of what a deployed job, schedule or sensor selects."""
    found: set[str] = set()
    for job in model.jobs.values():
        if job.construct.kind == "define_asset_job" and model.is_deployed(job.construct):
            found |= {u.construct.place for u in units_of_job(model, job)[0]}
    for construct in model.project.constructs.values():
        if construct.kind in ("ScheduleDefinition", "schedule", "sensor") and selection_of(construct):
            value = model.project.value(construct, selection_of(construct))
            found |= {u.construct.place for u in selected_units(model, value)[0]}
    return found
