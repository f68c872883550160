"""An op's input that no other op gives: what the job says, its default, else a parameter of the flow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.references import identifier
from migrate.rewriting.said import entry
from migrate.rewriting.signature import TaskParameter
from migrate.rewriting.wiring import Wiring
from migrate.rewriting.work import Work

PLAIN = {
    **{name: name for name in ("int", "str", "float", "bool", "dict", "list", "None", "Any")},
    **{"String": "str", "Int": "int", "Float": "float", "Bool": "bool", "List": "list", "Dict": "dict"},
    "Optional": "Optional",
}
"""Types whose values Dagster takes out of a run config, and their names in the target."""


def fixed_text(given: Any) -> str | None:
    """A value that a config says of an input, as Python: itself or below `value`; None for no plain value."""
    from migrate.rewriting.invocations import spelled_value  # it asks for wirings

    worth = given["value"] if isinstance(given, dict) and set(given) == {"value"} else given
    return spelled_value(worth) or None


def unconnected(
    work: Work, unit: Unit, step: str, parameter: TaskParameter, inputs: Mapping[str, Any], wiring: Wiring
) -> str | None:
    """The argument; None when the task's own default is it, or when something is wrong."""
    declared = _declared(work, unit, parameter.name)
    if parameter.name in inputs:
        text = fixed_text(inputs[parameter.name])
    elif parameter.legacy and parameter.legacy.default:
        return None
    elif "default_value" in declared.kwargs:
        text = fixed_text({"value": declared.kwargs["default_value"]})
    else:
        return _from_the_flow(work, unit, step, parameter, declared, wiring)
    if text is None:
        wiring.problems.append(f"the input {parameter.name} of {step}, which is no plain value")
    return text


def _declared(work: Work, unit: Unit, name: str) -> Called:
    """The `In` of an input; an empty one when there is none."""
    ins = work.model.project.value(unit.construct, "ins")
    given = ins.get(name) if isinstance(ins, dict) else None
    return given if isinstance(given, Called) else Called("dagster.In")


def _from_the_flow(
    work: Work, unit: Unit, step: str, parameter: TaskParameter, declared: Called, wiring: Wiring
) -> str | None:
    """A parameter of the flow, of the type that the op says; a value that only a manager loads is no such."""
    other = set(declared.kwargs) - {"dagster_type", "description", "metadata"}
    kind = plain_type(work, _annotation(unit, declared, parameter))
    if other or not kind:
        wiring.problems.append(f"{unit.name} gets no {parameter.name}")
        return None
    name = f"{identifier(step)}_{parameter.name}"
    wiring.inputs.append(f"{name}: {kind}")
    return name


def _annotation(unit: Unit, declared: Called, parameter: TaskParameter) -> str:
    """The type of an input as its decorator or its function writes it; a question mark when it is unclear."""
    if declared.get("dagster_type", 0) is None:
        return parameter.legacy.annotation if parameter.legacy else ""
    ins = unit.construct.argument("ins")
    said = entry(ins, parameter.name) if isinstance(ins, cst.Dict) else None
    for argument in said.args if isinstance(said, cst.Call) else ():
        if argument.keyword is None or argument.keyword.value == "dagster_type":
            return cst.Module([]).code_for_node(argument.value)
    return "?"


def plain_type(work: Work, text: str) -> str:
    """An annotation of plain values, in the target's words; the empty string for any other."""
    if not text:
        return work.need("typing", "Any")
    try:
        return _plain(work, cst.parse_expression(text))
    except cst.ParserSyntaxError:
        return ""


def _plain(work: Work, node: cst.BaseExpression) -> str:
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        sides = [_plain(work, node.left), _plain(work, node.right)]
        return " | ".join(sides) if all(sides) else ""
    parts: list[str] = []
    if isinstance(node, cst.Subscript):
        parts = [_plain(work, e.slice.value) if isinstance(e.slice, cst.Index) else "" for e in node.slice]
        node = node.value
    kind = PLAIN.get(dotted(node).rpartition(".")[2], "")
    if not kind or not all(parts):
        return ""
    if kind == "Optional":
        return f"{parts[0]} | None" if parts else ""
    kind = work.need("typing", "Any") if kind == "Any" else kind
    return f"{kind}[{', '.join(parts)}]" if parts else kind
