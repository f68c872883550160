"""An asset that a graph makes: a task whose body submits the graph's ops and waits for the last one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.units import Out, Unit
from migrate.reading.walking import look
from migrate.rewriting import keys
from migrate.rewriting.composed import Value
from migrate.rewriting.composition import Composition
from migrate.rewriting.flows import step_lines
from migrate.rewriting.jobs import configs_of, inputs_of
from migrate.rewriting.layout import Group, lay, quoted
from migrate.rewriting.outputs import store_place
from migrate.rewriting.steps import Steps
from migrate.rewriting.told_storage import told_of_output
from migrate.rewriting.work import Frame, Work

if TYPE_CHECKING:
    from migrate.model import Model


def with_needs(model: Model, construct: Construct, unit: Unit) -> Unit:
    """The unit with the resources and the partition that its ops ask for."""
    needed, partitioned = list(unit.required), False
    for op in _ops(model, construct):
        uses = model.uses(op.construct, op.context)
        named = [p.name for p in op.parameters if p.role == "resource"]
        needed += [key for key in (*named, *op.required, *uses.resources) if key not in needed]
        partitioned = partitioned or uses.partition
    return replace(unit, required=tuple(needed), partitioned=partitioned)


def with_value(model: Model, construct: Construct, unit: Unit) -> Unit:
    """The unit with the value that its graph returns: the op's, whatever the graph is annotated with."""
    assert isinstance(construct.node, cst.FunctionDef)
    body = construct.node.body.body
    last = body[-1].body[-1] if body and isinstance(body[-1], cst.SimpleStatementLine) else None
    call = last.value if isinstance(last, cst.Return) else None
    if unit.several or any(out.value for out in unit.outs) or not isinstance(call, cst.Call):
        return unit
    made = {op.construct.name: op for op in _ops(model, construct)}.get(dotted(call.func))
    node = made.construct.node if made else None
    nothing = isinstance(node, cst.FunctionDef) and node.returns and dotted(node.returns.annotation) == "None"
    valued = made is not None and not nothing and any(out.value for out in made.outs)
    return replace(unit, outs=tuple(replace(out, value=valued) for out in unit.outs))


class _Named(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.names.add(node.value)


def _ops(model: Model, construct: Construct) -> list[Unit]:
    """The ops that a graph's code names, those of graphs within it too."""
    found: dict[str, Unit] = {}
    waiting, seen = [construct], set[str]()
    while waiting:
        current = waiting.pop()
        if current.place in seen:
            continue
        seen.add(current.place)
        named = _Named()
        look(current.node, named)
        for name in sorted(named.names):
            value = model.project.evaluator.of_module(current.module, name)
            place = getattr(value, "place", "")
            inner = model.project.constructs.get(place)
            if inner is None or inner.place == construct.place:
                continue
            if inner.kind == "op":
                from migrate.rules import rule_for

                rule = rule_for(inner.path)
                if rule and rule.rule.unit:
                    found[place] = rule.rule.unit(model, inner, {})
            elif inner.kind == "graph":
                waiting.append(inner)
    return list(found.values())


def graph_lines(work: Work, frame: Frame, unit: Unit, config: Any) -> tuple[list[str], list[str]]:
    """The lines of the task's body, and what stands in the way."""
    construct = unit.construct
    node = construct.node
    assert isinstance(node, cst.FunctionDef)
    steps = Steps(work)
    steps.within_task = True
    if work.model.one_at_a_time:
        steps.wiring.problems.append("a graph within a task, when only one task runs at a time")
    said = {"ops": config} if isinstance(config, dict) and "ops" not in config else config
    configs = configs_of(said)
    steps.configs, steps.inputs = configs or {}, inputs_of(said)
    composition = Composition(work, construct.module, steps)
    composition.variables = {p.name.value: Value(p.name.value) for p in node.params.params}
    composition.body(node)
    problems = list(steps.wiring.problems)
    problems += [] if configs is not None else ["its config cannot be told by reading"]
    problems += [f"`{given}`, which nothing gives" for given in steps.wiring.inputs]
    lines = []
    for kind, needed, default in ((n, k, d) for n, k, d in steps.wiring.configs):
        if default:
            lines.append(f"{kind} = {needed}()")
        else:
            problems.append(f"{kind}, which has no default")
    for step in steps.wiring.steps:
        lines += [line.rstrip() for line in step_lines(step, 0)]
    if composition.returned is None:
        problems.append("it returns nothing")
        return lines, problems
    return [*lines, *_returned(work, frame, unit, composition.returned)], problems


def _returned(work: Work, frame: Frame, unit: Unit, value: Value) -> list[str]:
    valued = [out for out in unit.outs if out.value]
    if not valued:
        return [_result(value)]
    if not unit.several:
        return [f"return {_kept(work, frame, unit, valued[0], _result(value))}"]
    pairs = [
        f"{quoted(out.name)}: {_kept(work, frame, unit, out, _result(part))}"
        for out, part in zip(valued, _parts(value, valued), strict=False)
    ]
    return [f"return {lay(Group('{', tuple(pairs), '}'), 0, 15)}"]


def _parts(value: Value, outs: list[Out]) -> list[Value]:
    parts: Mapping[str, Value] = value.parts
    if parts:
        return [parts[out.name] for out in outs if out.name in parts]
    return list(value.items or ())


def _result(value: Value) -> str:
    if value.over:
        return f"[item.result() for item in {value.text}]"
    if value.items is not None:
        return f"[{', '.join(_result(item) for item in value.items)}]"
    return f"{value.text}.result()" if value.text.endswith(("_future", ")")) else value.text


def _kept(work: Work, frame: Frame, unit: Unit, out: Out, value: str) -> str:
    place = store_place(work, out)
    if not place:
        return value
    items = [place, keys.own_key(work, frame, out.key), value]
    if unit.partitions is not None:
        items.append("partition_key")
    items += told_of_output(work, unit, out)
    return lay(Group(f"{work.need('prefect_support.io', 'store')}(", tuple(items), ")"), 0, 15)
