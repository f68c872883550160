"""Definitions of partitions within functions: variables, dimensions, and which kind of partitions they are.

Time windows have one class in the target, which knows no months or days: which kind a definition is, is told
while reading, and `isinstance` of it is the answer.
"""

from __future__ import annotations

from typing import Any

import libcst as cst

from migrate.reading.local_names import local_names
from migrate.reading.names import External, bound_by, dotted
from migrate.reading.plain_functions import GIVEN_BACK
from migrate.reading.scope import Scope
from migrate.reading.values import Called, Unknown
from migrate.reading.walking import look
from migrate.rewriting.work import Frame, Work, expression

DIMENSION = "get_partitions_def_for_dimension"
END = "PartitionsDefinition"
TIMES = tuple(f"dagster.{kind}{END}" for kind in ("Hourly", "Daily", "Weekly", "Monthly"))
WINDOWS = f"dagster.TimeWindow{END}"
ANY = f"dagster.{END}"
MULTI = f"dagster.Multi{END}"
KINDS = (*TIMES, WINDOWS, *(f"dagster.{kind}{END}" for kind in ("Static", "Dynamic", "Multi")))
REMEDY = "Name the definition in the decorator, or write what follows from its kind."
UNTOLD = Unknown("it is no definition that reading can tell")
NEVER = Unknown("asking for it raises: nothing comes of it")


def told(work: Work, node: cst.BaseExpression, deepest: int = 8) -> Any:
    """The definition that an expression within a function stands for; None for none, else `Unknown`."""
    frame = work.frame
    if frame is None or not deepest:
        return UNTOLD
    if isinstance(node, cst.Call):
        return _of_call(work, node, deepest - 1)
    if isinstance(node, cst.Name) and node.value in local_names(frame.function, "", False):
        value = _assigned(frame, node.value)
        return told(work, value, deepest - 1) if value is not None else UNTOLD
    scope = dict(frame.unit.scope) if frame.unit else {}
    value = work.model.project.evaluator.value(node, Scope(work.file.module, scope))
    return value if value is None or (isinstance(value, Called) and value.name in KINDS) else UNTOLD


def _of_call(work: Work, node: cst.Call, deepest: int) -> Any:
    """What a call gives: a dimension of a definition, or what an argument check was handed."""
    name = dotted(node.func).rpartition(".")[2]
    given = {a.keyword.value if a.keyword else str(n): a.value for n, a in enumerate(node.args)}
    if isinstance(node.func, cst.Attribute) and node.func.attr.value == DIMENSION:
        whole = told(work, node.func.value, deepest)
        if whole is None or whole == NEVER or (isinstance(whole, Called) and whole.name != MULTI):
            return NEVER
        parts = whole.get("partitions_defs", 0) if isinstance(whole, Called) else None
        wanted = next(iter(given.values()), None)
        word = str(wanted.evaluated_value) if isinstance(wanted, cst.SimpleString) else ""
        found = parts.get(word, UNTOLD) if isinstance(parts, dict) else UNTOLD
        return found if isinstance(found, Called) and found.name in KINDS else UNTOLD
    path = work.scopes.dagster(node.func)
    if name in GIVEN_BACK and path.split(".")[0] in ("dagster", "dagster_shared"):
        handed = given.get("0") or given.get("obj") or given.get("value")
        return told(work, handed, deepest) if handed is not None else UNTOLD
    return UNTOLD


class _Bindings(cst.CSTVisitor):
    """How often a name is bound, and to what."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.found: list[cst.BaseExpression | None] = []

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> None:
        """LibCST calls this on the way in."""
        for name, bound in bound_by(node):
            if name == self._name:
                single = isinstance(bound, cst.Assign | cst.AnnAssign)
                target = bound.targets[0].target if isinstance(bound, cst.Assign) else None
                plain = target is None or isinstance(target, cst.Name)
                self.found.append(getattr(bound, "value", None) if single and plain else None)

    def visit_For(self, node: cst.For) -> None:
        """LibCST calls this on the way in."""
        self.found += [None] if dotted(node.target) == self._name else []

    def visit_Param(self, node: cst.Param) -> None:
        """LibCST calls this on the way in."""
        self.found += [None] if node.name.value == self._name else []


def _assigned(frame: Frame, name: str) -> cst.BaseExpression | None:
    """The only expression that a variable is given."""
    bindings = _Bindings(name)
    look(frame.function, bindings)
    return bindings.found[0] if len(bindings.found) == 1 else None


def asked(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The counterpart of a call about the kind or a dimension of partitions; None for any other call."""
    return _dimension(work, original, updated) or _kind_asked(work, original)


def _dimension(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """`both.get_partitions_def_for_dimension("day")` is `both.dimensions["day"]`."""
    func = original.func
    if not isinstance(func, cst.Attribute) or func.attr.value != DIMENSION or len(updated.args) != 1:
        return None
    if work.frame is None or not isinstance(updated.func, cst.Attribute):
        return None
    whole = told(work, func.value)
    if isinstance(whole, Called) and whole.name == MULTI:
        return expression(f"{work.text(updated.func.value)}.dimensions[{work.text(updated.args[0].value)}]")
    if whole == UNTOLD:
        work.unsupported(original, f"{DIMENSION} of partitions that reading cannot tell", REMEDY)
    return None


def _kind_asked(work: Work, original: cst.Call) -> cst.BaseExpression | None:
    """`isinstance(partitions, MonthlyPartitionsDefinition)` as True or False; None for any other call."""
    if dotted(original.func) != "isinstance" or len(original.args) != 2 or work.frame is None:
        return None
    wanted = original.args[1].value
    kinds = [e.value for e in wanted.elements] if isinstance(wanted, cst.Tuple) else [wanted]
    paths = [work.scopes.dagster(kind) or _own(work, kind) for kind in kinds]
    if not any(path in (*KINDS, ANY) for path in paths):
        return None
    value = told(work, original.args[0].value)
    if isinstance(value, Unknown) or "" in paths:
        if set(paths) & set(TIMES) and value != NEVER:
            work.unsupported(original, "the kind of partitions that reading cannot tell", REMEDY)
        return None
    work.frame.answered = True
    return cst.Name(str(value is not None and any(_is_a(value, path) for path in paths)))


def _own(work: Work, node: cst.BaseExpression) -> str:
    """A class of the project, which is none of Dagster's kinds; empty for what cannot be told."""
    meaning = work.scopes.meaning(node)
    return "" if meaning is None or isinstance(meaning, External) else "its own"


def _is_a(value: Called, path: str) -> bool:
    return path in (value.name, ANY) or (path == WINDOWS and value.name in TIMES)
