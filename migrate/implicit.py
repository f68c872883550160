"""Flows that no job of the project asks for: assets that automation or a person starts.

Dagster lets one materialize any asset, and starts some by a condition. Each asset that no job selects is
in one of these flows: one for all that follow the same cron line, one for the eager ones, and one for
the rest of each partitioning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from textwrap import indent

import libcst as cst

from migrate.model import Model
from migrate.reading.automation import condition_of
from migrate.reading.names import ModuleNames
from migrate.reading.ordering import in_order
from migrate.reading.parsing import parse_module
from migrate.reading.partitions import time_dimension
from migrate.reading.project import PythonFile
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.backfills import backfill_code
from migrate.rewriting.deployments import Deployment, Schedule, Trigger
from migrate.rewriting.file import refuse_broken
from migrate.rewriting.flows import flow_code
from migrate.rewriting.functions import raise_code
from migrate.rewriting.kept import decorator_text
from migrate.rewriting.layout import quoted
from migrate.rewriting.long_module import written_out
from migrate.rewriting.references import partitions_variable
from migrate.rewriting.selected_units import selected_units
from migrate.rewriting.targeted import selection_of
from migrate.rewriting.wiring import Wiring, units_of_job, units_wiring
from migrate.rewriting.work import Work

NAME = "materialize.py"
BY_HAND = "Write their flow by hand."
HEAD = '"""Flows over assets that no job selects: started by hand, on a schedule, or by an event."""\n'
MATERIALIZED = "prefect.asset.materialization.succeeded"


@dataclass(frozen=True)
class Group:
    """One flow to be: its name, its units, when it runs, and what starts it."""

    name: str
    units: tuple[Unit, ...]
    schedule: Schedule | None = None
    triggers: tuple[Trigger, ...] = ()


@dataclass(frozen=True)
class Left:
    """An asset or check that no flow can run, and why."""

    unit: Unit
    why: str

    def __str__(self) -> str:
        return f"{self.unit.name}: {self.why}"


Implicit = tuple[str, str, list[Deployment], list[Left]]
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
    file = PythonFile(path, module, False, parse_module(""))
    modules = model.project.names.modules
    work = Work(model, file)
    parts, deployments, every = [], [], list[Left]()
    for group in groups(model):
        left = _left(model, file, group)
        every += left
        gone = [one.unit for one in left]
        units = [unit for unit in group.units if unit not in gone]
        if left:
            parts.append(_raising(work, f"{group.name}_left" if units else group.name, left))
        if not units:
            continue
        wiring = _wired(work, group, units)
        code = flow_code(work, group.name, [f"name={quoted(group.name)}"], wiring)
        partitions = next((u.partitions for u in units if u.partitions is not None), None)
        more = backfill_code(work, group.name, group.name, wiring, partitions) if wiring.partition else ""
        parts += [code, more] if more else [code]
        schedules = (group.schedule,) if group.schedule else ()
        entry = f"{path}:{group.name}"
        deployments.append(Deployment(group.name, entry, schedules=schedules, triggers=group.triggers))
    if not parts:
        return "", "", [], every
    code = written_out(
        HEAD, parts, work.needed, lambda name: name in modules or name.split(".")[0] in modules
    )
    return path, code, deployments, every


def _left(model: Model, file: PythonFile, group: Group) -> list[Left]:
    """The units of a group that no flow can run: each is tried with all that it needs."""
    if not _problems(model, file, group, group.units):
        return []
    maker = {key: unit for unit in group.units for key in unit.keys}
    found: dict[str, Left] = {}
    for unit in group.units:
        needs, asked = [unit], [unit]
        while asked:
            above = [maker[key] for key in asked.pop().upstream if key in maker]
            fresh = [other for other in above if other not in needs]
            needs, asked = [*needs, *fresh], [*asked, *fresh]
        before = [found[other.name].why for other in needs[1:] if other.name in found]
        why = before or _problems(model, file, group, [u for u in group.units if u in needs])
        if why:
            found[unit.name] = Left(unit, why[0] if before else "; ".join(why))
    return list(found.values()) or [Left(u, "the flow could not be written") for u in group.units]


def _problems(model: Model, file: PythonFile, group: Group, units: Sequence[Unit]) -> list[str]:
    work = Work(model, file)  # what a trial asks for is not imported
    wiring = _wired(work, group, units)
    code = flow_code(work, group.name, [f"name={quoted(group.name)}"], wiring)
    if wiring.problems:
        return list(dict.fromkeys(wiring.problems))
    try:
        refuse_broken(code)
    except (SyntaxError, cst.ParserSyntaxError) as problem:
        return [f"its flow could not be written: {problem}"]
    return []


def _wired(work: Work, group: Group, units: Sequence[Unit]) -> Wiring:
    """The wiring; what an event or a clock starts makes the latest partition, or every one, as in Dagster."""
    wiring = units_wiring(work, list(units), None)
    if not wiring.partition or not (group.schedule or group.triggers):
        return wiring
    partitions = next((u.partitions for u in units if u.partitions is not None), None)
    wiring.every = _every(work.model, group, partitions) and not wiring.parameters and not wiring.inputs
    if isinstance(partitions, Called) and (wiring.every or time_dimension(partitions) is partitions):
        wiring.latest = partitions_variable(work, partitions)
    if not wiring.latest:
        wiring.problems.append("what starts it does not say which of its partitions to make")
    return wiring


def _every(model: Model, group: Group, partitions: object) -> bool:
    """Whether what starts a group concerns all of its partitions.

    Static ones are none of them the latest: a clock starts all, and so does what is made without partitions.
    """
    if not isinstance(partitions, Called) or partitions.short != "StaticPartitionsDefinition":
        return False
    own = {key for unit in group.units for key in unit.keys}
    above = {key for unit in group.units for key in unit.upstream} - own
    makers = [unit for unit in model.deployed_units if unit.does != "check" and above & set(unit.keys)]
    made = {key for unit in makers for key in unit.keys}
    whole = above <= made and all(unit.partitions is None for unit in makers)
    mapped = any("partition_mapping" in decorator_text(model, unit) for unit in group.units)
    return (group.schedule is not None or whole) and not mapped


def _raising(work: Work, name: str, left: Sequence[Left]) -> str:
    """A flow that says which assets are for a person to wire."""
    told = [f"{u.construct.file}:{u.construct.line}: {u.name}: {one.why}" for one in left for u in [one.unit]]
    message = f"No flow runs these: {'; '.join(told)}. {BY_HAND}"
    head = f"@{work.need('prefect', 'flow')}(name={quoted(name)})\ndef {name}() -> None:\n"
    return head + indent(raise_code(message), "    ")


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
    sets: dict[tuple[str, str], list[Unit]] = {}
    apart = partial(_apart, model, _has_twins(model))
    for unit in _automated(model):
        condition = condition_of(model, unit.construct, unit.scope)
        if condition.cron:
            sets.setdefault((f"on {condition.cron} {condition.timezone}", apart(unit)), []).append(unit)
        elif condition.eager:
            sets.setdefault(("eager", apart(unit)), []).append(unit)
    automated = {u.construct.place for units in sets.values() for u in units}
    for unit in assets:
        if unit.construct.place not in automated:
            sets.setdefault(("all", apart(unit)), []).append(unit)
    taken = set[str]()
    for place, ((kind, _), units) in enumerate(sets.items()):
        same = sum(k == kind for k, _ in list(sets)[:place])
        group = _group(model, kind, same, units, checks)
        while group.name in taken:  # the tenth of `on_cron` is no `on_cron_10`
            group = replace(group, name=f"{group.name}_")
        taken.add(group.name)
        yield group


def _group(model: Model, kind: str, same: int, units: list[Unit], checks: list[Unit]) -> Group:
    keys = {key for unit in units for key in unit.keys}
    together = model.holdings.apart.together
    own = [c for c in checks if any(together(c.identity, unit.identity) for unit in units)]
    ordered = in_order([*units, *(c for c in own if {x.asset for x in c.checks} <= keys)])
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


def _has_twins(model: Model) -> bool:
    """Whether two code locations make assets of one key: neither may be given what the other's is worth."""
    apart, maker = model.holdings.apart, dict[str, Unit]()
    for unit in model.deployed_units:
        for key in unit.keys:
            if not apart.together(maker.setdefault(key, unit).identity, unit.identity):
                return True
    return False


def _apart(model: Model, has_twins: bool, unit: Unit) -> str:
    """Tells units apart that do not share a flow: by partitioning, and by what Definitions give them."""
    apart = model.holdings.apart
    holders = apart.holders.get(unit.identity, ()) if has_twins else ()
    return f"{_partition(unit)} {sorted(apart.of([unit.identity]).items(), key=str) or ''} {holders}"


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
            found |= {u.construct.place for u in selected_units(model, value, construct.place)[0]}
    return found
