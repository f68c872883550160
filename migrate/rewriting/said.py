"""The config of an op as the job's own code works it out: its expression stays, and a model is made of it."""

from __future__ import annotations

import libcst as cst

from migrate.reading.units import Unit
from migrate.reading.walking import look
from migrate.rewriting.config_classes import config_class
from migrate.rewriting.layout import quoted
from migrate.rewriting.parts import rewritten
from migrate.rewriting.work import Work


def said_config(work: Work, unit: Unit, annotation: str, said: cst.BaseExpression | None, step: str) -> str:
    """A model made of what the expression holds for a step; the empty string when there is none to see."""
    if said is None:
        return ""
    node: cst.BaseExpression | None = said
    rest = [*(part for name in step.split(".") for part in ("ops", name)), "config"]
    while rest and isinstance(node, cst.Dict):
        node = entry(node, rest.pop(0))
    if node is None or (rest and not isinstance(node, cst.Name)):
        return ""
    kind, _ = config_class(work, unit, annotation)
    text = rewritten(work, node) + "".join(f"[{quoted(part)}]" for part in rest)
    return f"{kind}.model_validate({text})" if not _dagsters(work, node) else ""


class _Names(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[cst.Name] = []

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.nodes.append(node)


def _dagsters(work: Work, node: cst.BaseExpression) -> bool:
    """Whether an expression asks Dagster for anything."""
    visitor = _Names()
    look(node, visitor)
    return any(work.scopes.dagster(name) for name in visitor.nodes)


def entry(display: cst.Dict, name: str) -> cst.BaseExpression | None:
    """The value of a name in a dictionary display; None when it is not written out there."""
    for element in display.elements:
        if not isinstance(element, cst.DictElement):
            return None
        if isinstance(element.key, cst.SimpleString) and element.key.evaluated_value == name:
            return element.value
    return None
