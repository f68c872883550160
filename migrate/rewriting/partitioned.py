"""Jobs whose config is worked out by each run, out of its partition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.outcomes import Converted
from migrate.reading.constructs import Construct
from migrate.reading.partitioned_configs import DEFINITIONS
from migrate.reading.units import Unit
from migrate.reading.values import Called, Decorated, Defined
from migrate.rewriting.config_classes import config_class
from migrate.rewriting.layout import Group, call, lay, quoted
from migrate.rewriting.references import partitions_variable
from migrate.rewriting.work import Work

if TYPE_CHECKING:
    from migrate.model import Model
    from migrate.rewriting.wiring import Wiring

SUPPORT = "prefect_support.partitioned_configs"
WORKED_OUT = "its config is worked out by each run, out of the partition: a run cannot be given another one"


@dataclass(frozen=True)
class Partitioned:
    """The definition of the partitions, the function that says the config, and whether it takes a window.

    `written` is how the job names it.
    """

    written: cst.BaseExpression
    partitions: Any
    module: str
    name: str
    window: bool


def partitioned_config(model: Model, construct: Construct) -> Partitioned | None:
    """The config of a job that its partition decides; None for any other."""
    given, written = model.project.value(construct, "config"), construct.argument("config")
    if written is None:
        return None
    if isinstance(given, Decorated):
        own = model.project.constructs.get(given.place)
        if own is None or own.kind not in DEFINITIONS or own.within:
            return None
        partitions = model.project.value(own, "partitions_def")
        window = own.kind != "static_partitioned_config"
        return (
            Partitioned(written, partitions, own.module, own.name, window) if _is_told(partitions) else None
        )
    if not isinstance(given, Called) or given.name != "dagster.PartitionedConfig":
        return None
    function = given.get("run_config_for_partition_key_fn", 4)
    if not isinstance(function, Defined) or not _is_told(given.get("partitions_def", 0)):
        return None
    return Partitioned(written, given.get("partitions_def", 0), function.module, function.name, False)


def _is_told(partitions: Any) -> bool:
    return isinstance(partitions, Called) and partitions.short.endswith("PartitionsDefinition")


def partitions_told(model: Model, construct: Construct) -> Any:
    """The partitions that a job is given: its own, or those of its config."""
    own = model.project.value(construct, "partitions_def")
    config = partitioned_config(model, construct) if own is None else None
    return config.partitions if config else own


def worked_out(work: Work, wiring: Wiring, config: Partitioned | None) -> None:
    """Say in the wiring that the config of a job comes from the partition."""
    if config is None:
        return
    work.done_at(config.written, Converted("the flow asks its function"))
    function, key = work.own(config.module, config.name), "partition_key"
    if config.window:
        own = partitions_variable(work, config.partitions)
        key = f"*{own}.window({key})"
        if not own:
            wiring.problems.append("its partitions are in no variable of a module")
    wiring.worked_out = f"{function}({key})"
    wiring.differences.append(WORKED_OUT)


def worked_out_line(work: Work, wiring: Wiring) -> list[str]:
    """The lines of the flow that work it out, and take the configs of resources from it."""
    if not wiring.worked_out:
        return []
    keys = wiring.resources_worked_out
    steps: list[str | Group] = [_display(wiring.steps_worked_out)]
    made = call(work.need(SUPPORT, "stated"), wiring.worked_out, *steps, *([_display(keys)] if keys else []))
    lines = [f"    run_config = {lay(made, 4, 17)}"]
    for key in keys:
        held = f"{work.need(SUPPORT, 'resource_config')}(run_config, {quoted(key)})"
        lines.append(f"    {key}_config = {held}")
    return lines


def _display(names: Sequence[str]) -> Group:
    return Group("[", tuple(quoted(name) for name in names), "]")


def config_of_step(work: Work, wiring: Wiring, unit: Unit, annotation: str, step: str) -> str:
    """The config of a step, out of what the run has worked out."""
    wiring.steps_worked_out.append(step)
    kind, _ = config_class(work, unit, annotation)
    return f"{work.need(SUPPORT, 'step_config')}(run_config, {quoted(step)}, {kind})"
