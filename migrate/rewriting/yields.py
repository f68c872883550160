"""What a function yields, and the first and last lines that its conversion asks for."""

from __future__ import annotations

import libcst as cst

from migrate.reading.units import Out, Unit
from migrate.reading.walking import look
from migrate.rewriting.returning import returned, told_at_once, yielded
from migrate.rewriting.work import Frame, Work

RESULTS = (
    "dagster.Output",
    "dagster.DynamicOutput",
    "dagster.MaterializeResult",
    "dagster.ObserveResult",
)
CHECKED = "dagster.AssetCheckResult"
EVENTS = ("dagster.AssetMaterialization", "dagster.AssetObservation", "dagster.ExpectationResult")
"""What is told in passing: the yield is a call of its own."""


class _Yields(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Lambda(self, node: cst.Lambda) -> bool:
        return False

    def visit_Yield(self, node: cst.Yield) -> None:
        self.found = True


def yields_outputs(work: Work, frame: Frame) -> bool:
    """Whether the function is a generator of its own right."""
    return generates(frame.function)


def generates(function: cst.FunctionDef) -> bool:
    """Whether a function yields."""
    visitor = _Yields()
    look(function.body, visitor)
    return visitor.found


def collects(frame: Frame) -> bool:
    """Whether a generator's values are gathered in `outputs`: some of them are stored nowhere."""
    unit = frame.unit
    return bool(
        unit and frame.yields and unit.does in ("asset", "op") and any(not o.store for o in with_value(unit))
    )


def with_value(unit: Unit) -> tuple[Out, ...]:
    """The outputs of a unit that hand a value on."""
    return tuple(out for out in unit.outs if out.value)


def path_of(work: Work, frame: Frame, node: cst.BaseExpression) -> str:
    """Dagster's name of what a call, or a variable that holds one, makes; the empty string for others."""
    if isinstance(node, cst.Name):
        finder = _Assigned(node.value)
        look(frame.function.body, finder)
        paths = {path_of(work, frame, v) for v in finder.values if not isinstance(v, cst.Name)}
        return paths.pop() if len(paths) == 1 else ""
    if not isinstance(node, cst.Call):
        return ""
    path = work.scopes.dagster(node.func) or returned(work, frame, node)
    made_elsewhere = path in EVENTS and not work.scopes.dagster(node.func)
    return "" if made_elsewhere and not told_at_once(work, node) else path


def path_of_all(work: Work, frame: Frame, node: cst.BaseExpression) -> str:
    """The same for what `yield from` goes through: a display, a comprehension, a generator of the project."""
    if isinstance(node, cst.List | cst.Tuple):
        paths = {path_of(work, frame, element.value) for element in node.elements}
        return paths.pop() if len(paths) == 1 else ""
    if isinstance(node, cst.ListComp | cst.GeneratorExp):
        return path_of(work, frame, node.elt)
    return yielded(work, frame, node) if isinstance(node, cst.Call) else ""


def looped(for_in: cst.CompFor, inside: list[cst.BaseStatement]) -> list[cst.BaseStatement]:
    """The loops and conditions of a comprehension as statements around others."""
    if for_in.inner_for_in:
        inside = looped(for_in.inner_for_in, inside)
    for condition in reversed(for_in.ifs):
        inside = [cst.If(condition.test, cst.IndentedBlock(inside))]
    return [cst.For(for_in.target, for_in.iter, cst.IndentedBlock(inside))]


class _Assigned(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.values: list[cst.BaseExpression] = []

    def visit_Assign(self, node: cst.Assign) -> None:
        target = node.targets[0].target
        if isinstance(target, cst.Name) and target.value == self._name:
            self.values.append(node.value)


class _Reported(cst.CSTVisitor):
    """Whether verdicts are yielded, by themselves or with a result."""

    def __init__(self, work: Work, frame: Frame) -> None:
        super().__init__()
        self._work, self._frame, self.found = work, frame, False

    def visit_Yield(self, node: cst.Yield) -> None:
        value = node.value
        if isinstance(value, cst.From):
            self.found = self.found or path_of_all(self._work, self._frame, value.item) == CHECKED
            return
        if not isinstance(value, cst.Call | cst.Name):
            return
        named = [a.keyword.value for a in value.args if a.keyword] if isinstance(value, cst.Call) else []
        path = path_of(self._work, self._frame, value)
        self.found = self.found or path == CHECKED or (path in RESULTS and "check_results" in named)


def reports(work: Work, frame: Frame) -> bool:
    """Whether the verdicts of an asset's own checks are gathered, and told at its end."""
    if not frame.unit or frame.unit.does != "asset" or not frame.unit.checks or not frame.yields:
        return False
    visitor = _Reported(work, frame)
    look(frame.function.body, visitor)
    return visitor.found


def frame_lines(work: Work, frame: Frame) -> tuple[list[str], list[str], str]:
    """First and last lines and return annotation that yields, and verdicts among them, ask for."""
    first, last, returns = _outputs(work, frame)
    if not reports(work, frame):
        return first, last, returns
    result = work.need("prefect_support.validations", "CheckResult")
    told = work.need("prefect_support.validations", "report_checks")
    told = f"{told}({frame.function.name.value}.checks, results)"
    return [f"results: list[{result}] = []", *first], [told, *last], returns


def _outputs(work: Work, frame: Frame) -> tuple[list[str], list[str], str]:
    """First lines, last lines and return annotation that a generator's conversion asks for."""
    unit = frame.unit
    if unit is None or not collects(frame):
        return [], [], "None" if frame.yields else ""
    work.need("typing", "Any")
    dynamic = [out.name for out in with_value(unit) if out.dynamic]
    if dynamic and not unit.several:
        return ["outputs: list[Any] = []"], ["return outputs"], "list[Any]"
    if unit.several:
        start = ", ".join(f'"{name}": []' for name in dynamic)
        return [f"outputs: dict[str, Any] = {{{start}}}"], ["return outputs"], "dict[str, Any]"
    if len(with_value(unit)) == 1:
        name = with_value(unit)[0].name
        return ["outputs: dict[str, Any] = {}"], [f'return outputs["{name}"]'], "Any"
    return ["outputs: dict[str, Any] = {}"], ["return outputs"], "dict[str, Any]"
