"""A schedule or sensor that is given its functions, written as the decorated function that it is.

`ScheduleDefinition(run_config_fn=f, …)` is what `@schedule` makes of a function that asks `f` at each tick,
`SensorDefinition(evaluation_fn=f, …)` what `@sensor` makes of `f`: rules need to know the decorators only.
What asks a context moves into the new function, where it is known to be a tick's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from migrate.reading.lines import lines_of
from migrate.reading.names import ModuleNames, canonical, collected, dotted
from migrate.reading.walking import cloned, look

Lines = dict[int, int]
ANSWERING = {"ScheduleDefinition": "execution_fn", "SensorDefinition": "evaluation_fn"}
"""A definition, and its argument that is the whole function."""
DECORATORS = {"ScheduleDefinition": "schedule", "SensorDefinition": "sensor"}
DECIDING = ("run_config_fn", "tags_fn", "should_execute")
"""Functions of a schedule that say what its run gets, and whether there is one."""
REQUESTED = {"run_config": "run_config_fn", "tags": "tags_fn"}


def with_functions(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with such functions, and the line of each of its nodes; no lines when nothing changed.

    `lines` gives `id` of a node → its line, for the module as it is.
    """
    names = collected(tree, module, package)
    found = {
        id(statement): _given(statement, names)
        for statement in tree.body
        if isinstance(statement, cst.SimpleStatementLine)
    }
    if not any(found.values()):
        return tree, {}
    work = _Functions(tree, names, lines())
    body: list[Any] = []
    statement: Any
    for statement in tree.body:
        definition = found.get(id(statement))
        body.append(work.function(statement, definition) if definition else statement)
    body = [s for s in body if not work.gone(s, body)]
    heading = next((place for place, s in enumerate(body) if not _is_heading(s)), 0)
    imports = [cst.parse_statement(f"from dagster import {name}") for name in sorted(work.imports)]
    return tree.with_changes(body=[*body[:heading], *imports, *body[heading:]]), work.lines


@dataclass(frozen=True)
class _Definition:
    """A definition that is given functions: its variable, its kind, its arguments by name."""

    target: str
    kind: str
    call: cst.Call
    given: Mapping[str, cst.Arg] = field(default_factory=dict)


def _given(statement: cst.SimpleStatementLine, names: ModuleNames) -> _Definition | None:
    small = statement.body[0] if len(statement.body) == 1 else None
    call = small.value if isinstance(small, cst.Assign) and len(small.targets) == 1 else None
    if not isinstance(call, cst.Call) or not isinstance(small, cst.Assign):
        return None
    kind = _path(call.func, names).removeprefix("dagster.")
    target = dotted(small.targets[0].target)
    given = {a.keyword.value: a for a in call.args if a.keyword}
    asked = kind in ANSWERING and ({ANSWERING[kind], *DECIDING} & set(given))
    if not asked or not target.isidentifier() or len(given) < len(call.args):
        return None
    return _Definition(target, kind, call, given) if _has_name(given) else None


def _has_name(given: Mapping[str, cst.Arg]) -> bool:
    """Whether the name is told without asking the job, which may be of another module."""
    job = given.get("job_name")
    return "name" in given or (job is not None and isinstance(job.value, cst.SimpleString))


def _path(node: cst.BaseExpression, names: ModuleNames) -> str:
    first, _, rest = dotted(node).partition(".")
    target = names.imports.get(first, "")
    return canonical(f"{target}.{rest}" if rest else target) if target else ""


def _is_heading(statement: cst.CSTNode) -> bool:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if isinstance(small, cst.ImportFrom):
        return dotted(small.module) == "__future__"
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)


class _Untold(Exception):
    """A function that is neither of this module nor written out."""


class _Functions:
    """Writes the functions of one module; `imports` are the names of Dagster they need."""

    def __init__(self, tree: cst.Module, names: ModuleNames, lines: Lines) -> None:
        self._names, self.lines = names, lines
        self._own = {s.name.value: s for s in tree.body if isinstance(s, cst.FunctionDef)}
        self.imports: set[str] = set()
        self._moved: set[int] = set()
        self._laid: dict[int, set[str]] = {}
        """`id` of a new function → the functions that are laid into it, and not asked for outside it."""

    def gone(self, statement: cst.CSTNode, body: Sequence[cst.CSTNode]) -> bool:
        """Whether a function has moved into others, and nothing else names it."""
        if id(statement) not in self._moved or not isinstance(statement, cst.FunctionDef):
            return False
        name = statement.name.value
        others = [o for o in body if o is not statement and name not in self._laid.get(id(o), ())]
        return not any(_names(other, name) for other in others)

    def function(self, statement: cst.SimpleStatementLine, definition: _Definition) -> Any:
        """The decorated function; the statement as it is when one of its functions cannot be told."""
        try:
            answering = definition.given.get(ANSWERING[definition.kind])
            context, body, how = self._answering(answering.value) if answering else self._deciding(definition)
        except _Untold:
            return statement
        made = cst.FunctionDef(
            cst.Name(definition.target),
            cst.Parameters([cst.Param(cst.Name(context))]),
            body,
            decorators=[cst.Decorator(self._decorator(definition))],
            leading_lines=statement.leading_lines or [cst.EmptyLine(indent=False)] * 2,
            **how,
        )
        inner = body.body if isinstance(body, cst.IndentedBlock) else ()
        self._laid[id(made)] = {s.name.value for s in inner if isinstance(s, cst.FunctionDef)}
        line = self.lines.get(id(statement), 1)
        for node in lines_of(cst.Module([made])):
            self.lines.setdefault(node, line)
        return made

    def _decorator(self, definition: _Definition) -> cst.Call:
        asked = {ANSWERING[definition.kind], *DECIDING}
        if definition.kind == "ScheduleDefinition":
            asked |= {"run_config", "tags"}
        args = [a for name, a in definition.given.items() if name not in asked]
        if "name" not in definition.given:
            job = definition.given["job_name"].value
            assert isinstance(job, cst.SimpleString)
            spelled = cst.SimpleString(f'"{job.raw_value}_schedule"')
            args.insert(0, cst.Arg(spelled, keyword=cst.Name("name"), equal=args[0].equal))
        call = definition.call.with_changes(
            func=cst.Name(self._dagster(DECORATORS[definition.kind])), args=args
        )
        for arg in args:
            self.lines.setdefault(id(arg), self.lines.get(id(definition.call), 1))
        return call

    def _dagster(self, name: str) -> str:
        imports, path = self._names.imports.items(), f"dagster.{name}"
        there = next((bound for bound, target in imports if canonical(target) == path), "")
        if there:
            return there
        taken = name in self._names.imports or name in self._names.nodes
        spelled = f"dagster_{name}" if taken else name
        self.imports.add(f"{name} as {spelled}" if taken else name)
        return spelled

    def _answering(self, given: cst.BaseExpression) -> tuple[str, cst.BaseSuite, dict[str, Any]]:
        """The parameter, the body and what else there is to a function that answers a tick."""
        if isinstance(given, cst.Lambda):
            line = cst.SimpleStatementLine([cst.Return(given.body)])
            return _only_parameter(given.params) or "context", cst.IndentedBlock([line]), {}
        function = self._function(given)
        body = cloned(function.body) if id(function) in self._moved else function.body
        self._moved.add(id(function))
        return _only_parameter(function.params) or "context", body, {"returns": function.returns}

    def _function(self, given: cst.BaseExpression) -> cst.FunctionDef:
        function = self._own.get(given.value) if isinstance(given, cst.Name) else None
        if function is None or function.decorators or function.asynchronous:
            raise _Untold
        return function

    def _deciding(self, definition: _Definition) -> tuple[str, cst.BaseSuite, dict[str, Any]]:
        """What Dagster does itself with such functions: ask whether, then what with."""
        before: list[cst.BaseStatement] = []
        asked = {n: self._asked(definition.given[n].value, before) for n in DECIDING if n in definition.given}
        if "should_execute" in asked:
            why = f'"should_execute function for {_said(definition)} returned false."'
            skip = cst.Call(cst.Name(self._dagster("SkipReason")), [cst.Arg(cst.SimpleString(why))])
            told = cst.UnaryOperation(cst.Not(), asked["should_execute"])
            before.append(cst.If(told, _block(cst.SimpleStatementLine([cst.Return(skip)]))))
        args = []
        for name, function in REQUESTED.items():
            said = definition.given.get(name)
            value = asked.get(function) or (said.value if said else None)
            tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
            args += [cst.Arg(value, keyword=cst.Name(name), equal=tight)] if value is not None else []
        request = cst.Call(cst.Name(self._dagster("RunRequest")), args)
        done = cst.SimpleStatementLine([cst.Return(request)])
        return "context", _block(*before, done), {}

    def _asked(self, given: cst.BaseExpression, before: list[cst.BaseStatement]) -> cst.BaseExpression:
        """The call of one; a function that asks the context is laid into the new one, and closes over it."""
        if isinstance(given, cst.Lambda):
            name = _only_parameter(given.params)
            if name in ("", "context") or not _names(given.body, name):
                return given.body
            raise _Untold
        function = self._function(given)
        parameter = _only_parameter(function.params)
        if not parameter:
            return cst.Call(function.name)
        if not _names(function.body, parameter):
            return cst.Call(function.name, [cst.Arg(cst.Name("context"))])
        if parameter != "context":
            raise _Untold
        whole = cloned(function) if id(function) in self._moved else function
        inner = whole.with_changes(params=cst.Parameters(), leading_lines=[])
        before.append(inner)
        self.lines[id(inner)] = self.lines.get(id(function), 1)
        self._moved.add(id(function))
        return cst.Call(function.name)


def _said(definition: _Definition) -> str:
    name = definition.given.get("name")
    told = name is not None and isinstance(name.value, cst.SimpleString)
    return name.value.raw_value if told else definition.target  # type: ignore[union-attr]


def _block(*body: cst.BaseStatement) -> cst.IndentedBlock:
    return cst.IndentedBlock(list(body))


def _only_parameter(params: cst.Parameters) -> str:
    """The one parameter by place, or the empty string when there is none."""
    named = [*params.posonly_params, *params.params]
    if len(named) > 1 or params.kwonly_params or params.star_kwarg or isinstance(params.star_arg, cst.Param):
        raise _Untold
    return named[0].name.value if named else ""


def _names(node: cst.CSTNode, name: str) -> bool:
    asked = _Asked(name)
    look(node, asked)
    return asked.found


class _Asked(cst.CSTVisitor):
    """Whether a name is read or handed on; the names of arguments and attributes are not it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self.found = name, False

    def visit_Name(self, node: cst.Name) -> None:
        self.found = self.found or node.value == self._name

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        look(node.value, self)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        look(node.value, self)
        return False
