"""What a job's flow is made of: its steps, what each is given and waits for, resources and configs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.model import Job
from migrate.reading.deployed_resources import Resource
from migrate.reading.ordering import circles, in_order, told_apart
from migrate.reading.selection import Selector
from migrate.reading.units import Unit
from migrate.rewriting import partitioned
from migrate.rewriting.config_classes import config_class
from migrate.rewriting.dbt_parts import narrowed, parts_of
from migrate.rewriting.layout import quoted
from migrate.rewriting.references import identifier, local_name, partition_alias, task_reference
from migrate.rewriting.selected_units import selected_units
from migrate.rewriting.signature import asks_whether_partitioned, default_flow_config, task_parameters
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model


@dataclass
class Step:
    """One submitted task: its name in the flow, the expression of the task, its arguments and waits.

    `over` makes it one task for each item: pairs of a loop's variable and what it goes through. `before`
    are lines that come before it, `unit` the identity of what it runs.
    """

    name: str
    task: str
    arguments: list[str]
    waits: list[str]
    comment: list[str] = field(default_factory=list)
    over: tuple[tuple[str, str], ...] = ()
    before: tuple[str, ...] = ()
    unit: str = ""

    @property
    def future(self) -> str:
        """The variable of its future, or of its list of futures."""
        return f"{identifier(self.name)}_future{'s' if self.over else ''}"


@dataclass
class Wiring:
    """Everything a flow's body is made of.

    `fixed` are the configs that a job says once and for all, by the expression `said`, `set_up` those of its
    resources, `own` the resources that it is given itself, `before` the classes that stand before the flow,
    `parameters` those of the flow that are no model, `inputs` those that a run must give, `latest` the
    partitions of which a run makes the last one or `every` one unless it is told another, `worked_out` the
    run config that the partition decides. One that `may_be_partitioned` has a step that asks whether its run
    has a partition, and no step that has partitions.
    """

    steps: list[Step] = field(default_factory=list)
    resources: list[str] = field(default_factory=list)
    configs: list[tuple[str, str, bool]] = field(default_factory=list)
    partition: str = ""
    latest: str = ""
    may_be_partitioned: bool = False
    every: bool = False
    workers: int | None = None
    fixed: Mapping[str, Any] = field(default_factory=dict)
    said: cst.BaseExpression | None = None
    own: Mapping[str, Resource] = field(default_factory=dict)
    set_up: Mapping[str, Any] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    parameters: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    worked_out: str = ""
    steps_worked_out: list[str] = field(default_factory=list)
    resources_worked_out: list[str] = field(default_factory=list)


def units_of_job(model: Model, job: Job) -> tuple[list[Unit], bool]:
    """The units an asset job runs, in order, and whether its selection could be told."""
    return selected_units(model, model.project.value(job.construct, "selection", 1), job.construct.place)


def partitions_of_job(model: Model, job: Job) -> Any:
    """The partitions of a job: its own, else those of what it runs."""
    own = partitioned.partitions_told(model, job.construct)
    if job.construct.kind != "define_asset_job":
        return own
    return next((u.partitions for u in units_of_job(model, job)[0] if u.partitions is not None), own)


def asset_wiring(work: Work, job: Job) -> Wiring:
    """The wiring of an asset job."""
    from migrate.rewriting.jobs import job_options, workers  # it is about wirings too

    fixed, options, problems = job_options(work, job.construct)
    selection = work.model.project.value(job.construct, "selection", 1)
    partitions = partitioned.partitions_told(work.model, job.construct)
    worked = partitioned.partitioned_config(work.model, job.construct)
    said = None if worked else job.construct.argument("config")
    wiring = selection_wiring(work, selection, job.construct.place, partitions, fixed, said, worked)
    known = {n for u in units_of_job(work.model, job)[0] for n in op_names(u)}
    wiring.problems += [*problems, *(f"the config of {n}, which it does not run" for n in set(fixed) - known)]
    wiring.workers = workers(work, job.construct)
    wiring.own = work.model.holdings.apart.of([s.unit for s in wiring.steps], job.construct.place)
    for step in wiring.steps:
        more = options(work.model.units.get(step.unit))
        step.task += f".with_options({', '.join(more)})" if more else ""
    return wiring


def selection_wiring(
    work: Work,
    selection: Any,
    asked: str = "",
    partitions: Any = None,
    fixed: Mapping[str, Any] | None = None,
    said: cst.BaseExpression | None = None,
    worked: partitioned.Partitioned | None = None,
) -> Wiring:
    """The wiring of a flow over what `asked` selects; `fixed` and `worked` say the configs of its steps."""
    selected = Selector(work.model).resolve(selection)
    units, exact = selected_units(work.model, selection, asked)
    parts, why = parts_of(work.model, selected)
    why = "; ".join(selected.untold[:3]) or why or ("" if units else "nothing that was read is in it")
    if why or not exact:
        return Wiring(problems=[f"its selection cannot be resolved by reading: {why}"])
    whole = [u for u in units if u.does != "check" and u.identity not in parts]
    halved = [u for u in whole if not set(u.keys) <= selected.keys]
    if halved:
        own = halved[0]
        part = f"{len(set(own.keys) & selected.keys)} of the {len(own.keys)} assets that {own.name} makes"
        return Wiring(problems=[f"its selection is {part}, and a task makes all of them"])
    taken = in_order([narrowed(work.model, selected, unit) for unit in units])
    wiring = units_wiring(work, taken, partitions, fixed, said, worked)
    for step in wiring.steps:
        step.task += parts.get(step.unit, "")
    return wiring


def units_wiring(
    work: Work,
    units: list[Unit],
    partitions: Any,
    fixed: Mapping[str, Any] | None = None,
    expression: cst.BaseExpression | None = None,
    worked: partitioned.Partitioned | None = None,
) -> Wiring:
    """The wiring of a flow over assets and checks that are in order."""
    from migrate.rewriting.bridged_steps import bridged_step  # it asks for arguments itself

    model, wiring = work.model, Wiring(fixed=fixed or {}, said=expression)
    wiring.own = model.holdings.apart.of(unit.identity for unit in units)
    partitioned.worked_out(work, wiring, worked)
    units = told_apart(units)
    maker = {key: unit for unit in units for key in unit.keys}
    blocking = blocking_checks(units)
    loads = [unit for unit in units if unit.stand_in]
    for unit in units:
        if unit.construct.place in model.bridged:
            wiring.steps.append(bridged_step(work, unit, maker, blocking, wiring))
            continue
        arguments = [argument(work, unit, p, maker, wiring) for p in task_parameters(model, unit)]
        wiring.steps.append(
            Step(
                unit.name,
                task_reference(work, unit, wiring),
                arguments,
                [*_waits(model, unit, maker, blocking), *_untold(model, unit, loads)],
                unit=unit.identity,
            )
        )
    wiring.problems += circles(units, maker)
    partitions = next((u.partitions for u in units if u.partitions is not None), partitions)
    if partitions is not None:
        wiring.partition = partition_alias(work, partitions)
    return wiring


def blocking_checks(units: Sequence[Unit]) -> dict[str, list[str]]:
    """Asset key → futures of the checks that stop what is downstream of it."""
    found: dict[str, list[str]] = {}
    for unit in units:
        if unit.does == "check":
            for check in unit.checks:
                if check.blocking:
                    found.setdefault(check.asset, []).append(f"{identifier(unit.name)}_future")
    return found


def _untold(model: Model, unit: Unit, loads: Sequence[Unit]) -> list[str]:
    """Those of `loads` that may make what this step needs: their keys are not told, nobody else makes it."""
    if all(key in model.made_by for key in unit.upstream) or unit.stand_in:
        return []
    return [f"{identifier(other.name)}_future" for other in loads]


def _waits(model: Model, unit: Unit, maker: dict[str, Unit], blocking: dict[str, list[str]]) -> list[str]:
    direct = {p.of for p in task_parameters(model, unit) if p.source == "input"}
    waits = [
        f"{identifier(maker[key].name)}_future" for key in unit.upstream if key in maker and key not in direct
    ]
    if unit.does != "check":
        for key in unit.upstream:
            waits += blocking.get(key, ())
    return list(dict.fromkeys(waits))


def argument(work: Work, unit: Unit, parameter: Any, maker: dict[str, Unit], wiring: Wiring) -> str:
    """What a step is given for a parameter; resources and configs are noted in the wiring."""
    if parameter.source == "partition":
        wiring.may_be_partitioned |= asks_whether_partitioned(work.model, unit)
        wiring.partition = wiring.partition or ("" if wiring.may_be_partitioned else "str")
        return "partition_key"
    if parameter.source == "resource":
        wiring.resources += [] if parameter.of in wiring.resources else [parameter.of]
        return local_name(work, parameter.of)
    if parameter.source == "config":
        return _config(work, unit, parameter, wiring)
    upstream = maker.get(parameter.of)
    if upstream is None and parameter.of in work.model.kept:
        return _loaded(work, unit, parameter.of, wiring)
    if upstream is None:
        wiring.problems.append(
            f"{unit.name} reads {parameter.of}, which this job does not make and no store holds"
        )
        return "None"
    if parameter.legacy and parameter.legacy.annotation.endswith("MaterializeResult"):
        what = f"the value of {parameter.of}, which stores none: make it one of its deps"
        wiring.problems.append(f"{unit.name} asks for {what}")
    future = f"{identifier(upstream.name)}_future"
    if not upstream.several:
        return future
    output = work.need("prefect_support.flows", "output")
    name = next(o.name for o in upstream.outs if o.key == parameter.of)
    return f"{output}({future}, {quoted(name)})"


def _config(work: Work, unit: Unit, parameter: Any, wiring: Wiring) -> str:
    """The config of a step: what the job says of it, else a parameter of the flow."""
    from migrate.rewriting.invocations import config_text
    from migrate.rewriting.said import said_config  # both ask for classes of configs

    said = next((name for name in op_names(unit) if name in wiring.fixed), "")
    if wiring.worked_out:
        step = op_names(unit)[-1] if unit.construct.kind == "asset" else unit.name
        return partitioned.config_of_step(work, wiring, unit, parameter.of, step)
    if not said:
        name = default_flow_config(unit)
        if name not in [c[0] for c in wiring.configs]:
            wiring.configs.append((name, *config_class(work, unit, parameter.of)))
        return name
    text = config_text(work, unit, parameter.of, wiring.fixed[said])
    if not text:
        text = said_config(work, unit, parameter.of, wiring.said, said)
        wiring.differences += [f"the config of {unit.name} is worked out by each run"] if text else []
    if not text:
        wiring.problems.append(f"the config of {unit.name}, which is no plain value")
    return text or "None"


def op_names(unit: Unit) -> tuple[str, ...]:
    """What a run config may call a unit: its own name, or its key as one word."""
    words = ["__".join(re.sub(r"[^\w/]", "_", key).split("/")) for key in unit.keys[:1]]
    return (unit.name, *words)


def _loaded(work: Work, unit: Unit, key: str, wiring: Wiring) -> str:
    """The value of an asset that another flow made and kept."""
    from migrate.rewriting.kept import arguments, can_be_kept  # it asks for selections

    if not can_be_kept(work.model, unit, key):
        wiring.problems.append(f"{unit.name} reads other partitions of {key}, which this job does not make")
    told = arguments(work.model, key)
    if len(told) > 1:
        wiring.partition = wiring.partition or "str"
    wiring.differences.append(f"{key} is read from Dagster's default store when the flow starts")
    load = work.need("prefect_support.io", "load")
    return f"{load}({work.need('prefect_support.pickled_files', 'PickledFiles')}(), {', '.join(told)})"
