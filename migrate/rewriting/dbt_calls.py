"""Calls of dbt: `dbt.cli([...], context=context).stream()` is `dbt.cli([...])`, which has run by then."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from migrate.reading.context_uses import context_parameter
from migrate.reading.scope import Scope
from migrate.reading.values import Called
from migrate.reading.walking import look
from migrate.rewriting.work import Frame, Work

ENDINGS = (
    "stream",
    "wait",
    "stream_raw_events",
    "fetch_row_counts",
    "fetch_column_metadata",
    "with_insights",
)
PREPARING = "prepare_if_dev"


def dbt_call(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The call without its context and its endings; None when it is no call of dbt."""
    if not isinstance(updated.func, cst.Attribute):
        return None
    name = updated.func.attr.value
    if name == "cli":
        return _cli(work, updated)
    if name == PREPARING and not updated.args:
        return updated.with_changes(func=updated.func.with_changes(attr=cst.Name("prepare")))
    inner = updated.func.value
    return inner if name in ENDINGS and (_is_cli(inner) or _is_held(work, inner)) else None


def streamed(work: Work, frame: Frame, original: cst.Yield, value: cst.BaseExpression) -> list[str]:
    """What becomes of `yield from` in a function that calls dbt: a call, returned where it is the last.

    No line where the events are those of a call that was made, and kept in a variable, before.
    """
    assert isinstance(original.value, cst.From)
    held, handed_on = _is_held(work, value), _handed_on(work, original.value.item)
    if not held and not handed_on and not _is_cli(value):
        remedy = "Call dbt in the function itself; Prefect needs no events."
        work.unsupported(original, "a yield from what is no call of dbt", remedy)
    if not handed_on and _is_last(frame.function.body, original):
        return [f"return {work.text(value)}"]
    return [] if held else [work.text(value)]


def helper_streamed(frame: Frame | None, updated: cst.SimpleStatementLine) -> cst.SimpleStatementLine | None:
    """`yield from dbt.cli(…)` of a helper that only hands dbt's events on: the call alone; else None."""
    small = updated.body[-1]
    given = small.value if isinstance(small, cst.Expr) else None
    if frame is None or frame.construct or not isinstance(given, cst.Yield) or not _hands_on(frame.function):
        return None
    assert isinstance(given.value, cst.From)
    return updated.with_changes(body=[*updated.body[:-1], cst.Expr(given.value.item)])


def _handed_on(work: Work, node: cst.BaseExpression) -> bool:
    """Whether it is a call of such a helper, which is handed a context."""
    found = work.internal(node.func) if isinstance(node, cst.Call) else None
    if found is None:
        return False
    names = work.model.project.names
    helper = names.modules[found.module].nodes[found.name][-1]
    if not isinstance(helper, cst.FunctionDef) or work.model.project.place_of(helper):
        return False
    return bool(context_parameter(names, found.module, helper)) and _hands_on(helper)


def _hands_on(function: cst.FunctionDef) -> bool:
    """Whether all that it yields are the events of calls of dbt that it makes."""
    finder = _Yields()
    look(function.body, finder)
    given = [one.value.item if isinstance(one.value, cst.From) else one for one in finder.found]
    return bool(given) and all(isinstance(one, cst.BaseExpression) and _is_cli(_peeled(one)) for one in given)


def _peeled(node: cst.BaseExpression) -> cst.BaseExpression:
    """A call of dbt without its endings."""
    while isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and not _is_cli(node):
        node = node.func.value
    return node


def gives_back(function: cst.FunctionDef) -> bool:
    """Whether a function returns a value on some path."""
    finder = _Returns()
    look(function.body, finder)
    return finder.found


class _Returns(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = False

    def visit_Return(self, node: cst.Return) -> None:
        self.found = self.found or node.value is not None

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False


def _is_cli(node: cst.BaseExpression) -> bool:
    return (
        isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value == "cli"
    )


def _is_held(work: Work, node: cst.BaseExpression) -> bool:
    """A variable of a dbt task's function that a call of dbt was kept in."""
    unit = work.frame.unit if work.frame else None
    if work.frame is None or unit is None or unit.does != "dbt" or not isinstance(node, cst.Name):
        return False
    finder = _Held(node.value)
    look(work.frame.function.body, finder)
    return finder.found


class _Held(cst.CSTVisitor):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.found = name, False

    def visit_Assign(self, node: cst.Assign) -> None:
        names = [one.target.value for one in node.targets if isinstance(one.target, cst.Name)]
        self.found = self.found or (self._name in names and _is_cli(_peeled(node.value)))


class _Yields(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.found = list[cst.Yield]()

    def visit_Yield(self, node: cst.Yield) -> None:
        self.found.append(node)

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False


def _is_last(suite: cst.BaseSuite, wanted: cst.Yield) -> bool:
    """Whether nothing of the function runs after this statement, but for what ends a `with` or a `try`."""
    last = suite.body[-1]
    if isinstance(last, cst.SimpleStatementLine):
        small = last.body[-1]
        return isinstance(small, cst.Expr) and small.value is wanted
    return any(_is_last(inner, wanted) for inner in _ends(last))


def _ends(last: cst.CSTNode) -> Iterator[cst.BaseSuite]:
    """The suites of a compound statement that may be the last to run."""
    if isinstance(last, (cst.If, cst.With)):
        yield last.body
    if isinstance(last, cst.If) and last.orelse is not None:
        yield from _ends(last.orelse) if isinstance(last.orelse, cst.If) else [last.orelse.body]
    if isinstance(last, cst.Try):
        yield last.orelse.body if last.orelse else last.body
        yield from (handler.body for handler in last.handlers)
    if isinstance(last, cst.Match):
        yield from (case.body for case in last.cases)


def _cli(work: Work, updated: cst.Call) -> cst.BaseExpression | None:
    """Without its context; a call that had none runs what it says, not the selection of its task."""
    kept = [a for a in updated.args if not (a.keyword and a.keyword.value in ("context", "manifest"))]
    if len(kept) == len(updated.args):
        construct = work.frame.construct if work.frame else None
        if construct is None or construct.kind != "dbt_assets":
            return None
        if not any(construct.argument(name) for name in ("select", "exclude")):
            return None
        equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
        kept.append(cst.Arg(cst.Name("False"), keyword=cst.Name("selected"), equal=equal))
    kept[-1:] = [a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for a in kept[-1:]]
    return updated.with_changes(args=kept)


def is_dbt_project(work: Work, node: cst.BaseExpression) -> bool:
    """Whether an expression is a `DbtProject` of Dagster's, as far as reading tells."""
    value = work.model.project.evaluator.value(node, Scope(work.file.module, {}))
    return isinstance(value, Called) and value.name == "dagster_dbt.DbtProject"
