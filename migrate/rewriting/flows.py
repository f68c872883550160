"""A job as a flow: resources built once, tasks submitted in order, the outcome settled."""

from __future__ import annotations

from collections.abc import Sequence

from migrate.reading.units import Unit
from migrate.rewriting.flow_resources import Made, made_in
from migrate.rewriting.layout import Group, Item, Pair, call, lay, listing, width
from migrate.rewriting.partitioned import worked_out_line
from migrate.rewriting.references import identifier
from migrate.rewriting.signature import loads
from migrate.rewriting.wiring import Step, Wiring
from migrate.rewriting.work import Work

LAYERS = "prefect_support.flow_parameters"


def flow_code(
    work: Work, function: str, decorator: Sequence[Item], wiring: Wiring, docstring: str = ""
) -> str:
    """The source of the flow."""
    work.need("prefect", "State")
    work.need("typing", "Any")
    work.need("prefect.task_runners", "ThreadPoolTaskRunner")
    limit = wiring.workers or work.model.workers
    workers = f"max_workers={limit}" if limit else ""
    head = lay(
        call(work.need("prefect", "flow"), *decorator, f"task_runner=ThreadPoolTaskRunner({workers})"), 0, 1
    )
    made = [made_in(work, wiring, function, key) for key in wiring.resources]
    asked = bool(wiring.partition) and not wiring.latest
    parameters: list[Item] = [f"partition_key: {wiring.partition}"] if asked else []
    parameters += wiring.inputs
    ordered = sorted(wiring.configs, key=lambda c: c[2])
    parameters += [config_parameter(work, *config) for config in ordered]
    parameters += wiring.parameters
    maybe = wiring.partition if wiring.latest else "str" if wiring.may_be_partitioned and not asked else ""
    parameters += [f"partition_key: {maybe} | None = None"] if maybe else []
    signature = _signature(function, parameters)
    lines = [f"@{head}", signature, *([f"    {docstring}"] if docstring else [])]
    lines += _untold_partition(work, function, wiring) if wiring.latest else []
    lines += worked_out_line(work, wiring)
    lines += [f"    {one.local} = {one.text}" for one in made if one.text and not one.yields]
    lines += [""] if any(one.text and not one.yields for one in made) else []
    lines += _body(work, wiring, made)
    return "\n\n\n".join([*wiring.before, "\n".join(lines) + "\n"])


def _untold_partition(work: Work, function: str, wiring: Wiring) -> list[str]:
    """What a run does that is told no partition: the latest, or a run of its own for every one."""
    if not wiring.every:
        return [f"    partition_key = partition_key or {wiring.latest}.latest()"]
    configs = sorted(name for name, _, _ in wiring.configs)
    each = work.need("prefect_support.backfill", "each")
    run = call(each, function, f"{wiring.latest}.keys", *(f"{name}={name}" for name in configs))
    return ["    if partition_key is None:", f"        return {lay(run, 8, 15)}"]


def config_parameter(work: Work, name: str, kind: str, default: bool) -> str:
    """A config as a flow's parameter: what a run leaves out is filled in from a file and the environment."""
    annotation = f"{name}: {work.need(LAYERS, 'Layered')}[{kind}]"
    return f"{annotation} = {work.need(LAYERS, 'layered')}({kind})" if default else annotation


def parameter_line(text: str) -> str:
    """A parameter on a line of its own; a default that is a model nobody changes is no mutable default."""
    return f"    {text}," + ("  # noqa: B008" if text.endswith(")") else "")


def _signature(function: str, parameters: Sequence[Item]) -> str:
    """The `def` line."""
    texts = [str(p) for p in parameters]
    if not any(text.endswith(")") for text in texts):
        return lay(Group(f"def {function}(", tuple(parameters), ")"), 0, 0, 16) + " -> State[Any]:"
    return "\n".join([f"def {function}(", *map(parameter_line, texts), ") -> State[Any]:"])


def _body(work: Work, wiring: Wiring, made: Sequence[Made]) -> list[str]:
    alive = [one.local for one in made if one.lives]
    opened = [f"{one.text} as {one.local}" for one in made if one.yields]
    if alive:
        opened.append(f"{work.need('prefect_support.resources', 'running')}({', '.join(alive)})")
    indent = 8 if opened else 4
    lines = [f"    with {', '.join(opened)}:"] if opened else []
    pad = " " * indent
    for step in wiring.steps:
        lines += step_lines(step, indent)
    named = [f"{identifier(step.name)}={step.future}" for step in wiring.steps]
    lines.append(
        f"{pad}return "
        + lay(
            Group(f"{work.need('prefect_support.flows', 'settle')}(", tuple(named), ")"), indent, indent + 7
        )
    )
    return lines


def step_lines(step: Step, indent: int) -> list[str]:
    """The lines that submit a task, or one task for each item."""
    pad, start = " " * indent, f"{step.future} = "
    items: list[Item] = list(step.arguments)
    if step.waits:
        items.append(Pair("wait_for", listing(step.waits)))
    called = Group(f"{step.task}.submit(", tuple(items), ")")
    lines = [f"{pad}{line}" for line in [*step.comment, *step.before]]
    if not items and step.task.endswith(")") and indent + len(start) + len(step.task) + 9 > width():
        task, _, options = step.task.partition(".with_options(")
        broken = f"{task}.with_options(\n{pad}    {options.removesuffix(')')}\n{pad}).submit()"
        return [*lines, pad + start + broken]
    if not step.over:
        return [*lines, pad + start + lay(called, indent, indent + len(start))]
    names = ", ".join(name for name, _ in step.over)
    through = ", ".join(what for _, what in step.over)
    through = f"zip({through}, strict=True)" if len(step.over) > 1 else through
    loop = f"for {names} in {through}"
    flat = f"{pad}{start}[{lay(called, 0, -1000)} {loop}]"
    if len(flat) <= width():
        return [*lines, flat]
    inner = f"{pad}    {lay(called, indent + 4, indent + 4)}"
    inner += f" {loop}" if len(inner) + len(loop) < width() and "\n" not in inner else f"\n{pad}    {loop}"
    return [*lines, f"{pad}{start}[\n{inner}\n{pad}]"]


def loaded_keys(work: Work, unit: Unit) -> list[str]:
    """Keys a unit reads from a store."""
    return [item.key for item in loads(work.model, unit)]
