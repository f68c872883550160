"""The body of a `@job`: which ops it invokes, in which order, with whose outputs."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.units import Unit
from migrate.rewriting.functions import has_docstring
from migrate.rewriting.layout import quoted
from migrate.rewriting.signature import task_parameters
from migrate.rewriting.wiring import Step, Wiring, argument, identifier, task_reference
from migrate.rewriting.work import Work


class _Composition:
    """Reads the statements one by one; variables hold (step, output) of what they were assigned."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.wiring = Wiring()
        self._variables: dict[str, str] = {}
        self._comment: list[str] = []

    def statement(self, statement: cst.CSTNode) -> None:
        if not isinstance(statement, cst.SimpleStatementLine):
            self.wiring.problems.append(f"a {type(statement).__name__} statement in its body")
            return
        self._comment = [line.comment.value for line in statement.leading_lines if line.comment]
        for small in statement.body:
            if isinstance(small, cst.Expr):
                self._value(small.value)
            elif isinstance(small, cst.Assign) and len(small.targets) == 1:
                self._assign(small.targets[0].target, small.value)
            elif not isinstance(small, cst.Pass | cst.Return):
                self.wiring.problems.append(f"a {type(small).__name__} in its body")

    def _assign(self, target: cst.BaseExpression, value: cst.BaseExpression) -> None:
        future = self._value(value)
        if isinstance(target, cst.Name):
            self._variables[target.value] = future
        elif isinstance(target, cst.Tuple):
            for place, element in enumerate(target.elements):
                output = self._work.need("prefect_support.flows", "output")
                unit = self._last_unit
                name = quoted(unit.outs[place].name) if unit and place < len(unit.outs) else str(place)
                self._variables[dotted(element.value)] = f"{output}({future}, {name})"

    _last_unit: Unit | None = None

    def _value(self, node: cst.BaseExpression) -> str:
        if isinstance(node, cst.Name):
            if node.value in self._variables:
                return self._variables[node.value]
        elif isinstance(node, cst.Attribute) and dotted(node).split(".")[0] in self._variables:
            output = self._work.need("prefect_support.flows", "output")
            return f"{output}({self._variables[dotted(node).split('.')[0]]}, {quoted(node.attr.value)})"
        elif isinstance(node, cst.Call):
            return self._call(node)
        self.wiring.problems.append(f"`{self._work.text(node)}` in its body")
        return "None"

    def _call(self, node: cst.Call) -> str:
        unit, name = self._op(node.func)
        if unit is None:
            self.wiring.problems.append(f"`{self._work.text(node.func)}`, which is no op that can be read")
            return "None"
        given: dict[str, str] = {}
        positional = iter(i.name for i in unit.inputs)
        for arg in node.args:
            label = arg.keyword.value if arg.keyword else next(positional, "")
            given[label] = self._value(arg.value)
        waits = [given[i.name] for i in unit.inputs if i.key == "nothing" and i.name in given]
        waits += [future for label, future in given.items() if label not in [i.name for i in unit.inputs]]
        arguments = [self._given(unit, p, given) for p in task_parameters(self._work.model, unit)]
        step = Step(
            self._unique(name), task_reference(self._work, unit, self.wiring), arguments, waits, self._comment
        )
        self._comment = []
        self.wiring.steps.append(step)
        self._last_unit = unit
        return step.future

    def _given(self, unit: Unit, parameter: object, given: dict[str, str]) -> str:
        name = getattr(parameter, "name", "")
        if getattr(parameter, "source", "") == "input":
            if name in given:
                return given[name]
            self.wiring.problems.append(f"{unit.name} gets no {name}")
            return "None"
        return argument(self._work, unit, parameter, {}, self.wiring)

    def _op(self, func: cst.BaseExpression) -> tuple[Unit | None, str]:
        if (
            isinstance(func, cst.Call)
            and isinstance(func.func, cst.Attribute)
            and func.func.attr.value == "alias"
        ):
            unit, name = self._op(func.func.value)
            given = func.args[0].value if func.args else None
            return unit, str(given.evaluated_value) if isinstance(given, cst.SimpleString) else name
        found = self._work.internal(func)
        if found is None:
            return None, ""
        node = self._work.model.project.names.modules[found.module].nodes[found.name][-1]
        place = self._work.model.project.place_of(node)
        construct = self._work.model.project.constructs.get(place)
        unit = self._work.model.unit_of(construct) if construct else None
        return (unit, unit.name) if unit and unit.does == "op" else (None, "")

    def _unique(self, name: str) -> str:
        taken = {identifier(s.name) for s in self.wiring.steps}
        if identifier(name) not in taken:
            return name
        number = 2
        while f"{identifier(name)}_{number}" in taken:
            number += 1
        return f"{name}_{number}"


def op_wiring(work: Work, function: cst.FunctionDef) -> Wiring:
    """The wiring of a `@job`; what cannot be read is among its problems."""
    reading = _Composition(work)
    body = list(function.body.body)
    for statement in body[1:] if has_docstring(body) else body:
        reading.statement(statement)
    return reading.wiring
