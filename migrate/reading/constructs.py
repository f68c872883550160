"""What a project is made of: decorated functions, classes and calls that Dagster gives a meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import libcst as cst

from migrate.reading.local_names import local_names
from migrate.reading.methods import method_path
from migrate.reading.names import External, Internal, NameIndex, canonical, dotted
from migrate.reading.walking import look

Shape = Literal["function", "class", "call"]
Where = Literal["decorator", "call", "argument"]
CONTAINERS = (".Definitions", ".repository", ".with_resources")
"""Calls whose arguments are constructs of their own right."""


@dataclass(frozen=True)
class Argument:
    """One argument of a decorator or call; positional ones are named by their place: `0`, `1`."""

    name: str
    node: cst.BaseExpression
    line: int


@dataclass(frozen=True)
class Construct:
    """One construct. `place` identifies it: `file:line:name`; `within` are the functions around it."""

    place: str
    path: str
    name: str
    module: str
    file: str
    line: int
    shape: Shape
    node: cst.FunctionDef | cst.ClassDef | cst.Call = field(repr=False, compare=False)
    arguments: tuple[Argument, ...] = field(repr=False, compare=False, default=())
    within: tuple[str, ...] = ()
    decorators: int = 1

    @property
    def kind(self) -> str:
        """Dagster's own name of the construct."""
        return self.path.rsplit(".", 1)[-1]

    def argument(self, name: str, position: int | None = None) -> cst.BaseExpression | None:
        """The expression given for an argument, by name or place."""
        for argument in self.arguments:
            if argument.name == name or (position is not None and argument.name == str(position)):
                return argument.node
        return None


class Gatherer(cst.CSTVisitor):
    """Finds the constructs of one module. `is_construct` says which called names are constructs."""

    def __init__(
        self,
        names: NameIndex,
        module: str,
        package: bool,
        file: str,
        line_of: Callable[[cst.CSTNode], int],
        is_construct: Callable[[str, Where], bool],
    ) -> None:
        super().__init__()
        self._names, self._module, self._package, self._file = names, module, package, file
        self._line_of, self._is_construct = line_of, is_construct
        self._scopes: list[Mapping[str, str | None]] = []
        self._within: list[str] = []
        self._assigned: dict[int, str] = {}
        self._arguments = 0
        self._inside: set[int] = set()
        self.found: list[Construct] = []

    def dagster_name(self, node: cst.CSTNode) -> str:
        """The canonical Dagster name of a (dotted) name at this place, or the empty string."""
        path = dotted(node)
        if not path:
            return ""
        first, *rest = path.split(".")
        for scope in reversed(self._scopes):
            if first in scope:
                target = scope[first]
                full = canonical(".".join([target, *rest])) if target else ""
                return full if full and self._names.is_dagster(full) else ""
        meaning = self._names.resolve(self._module, path)
        return meaning.path if isinstance(meaning, External) and meaning.is_dagster else ""

    def _base(self, expression: cst.BaseExpression) -> str:
        expression = expression.value if isinstance(expression, cst.Subscript) else expression
        return self.dagster_name(expression) or root_base(self._names, self._module, dotted(expression))

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        """LibCST calls this on the way in."""
        count = 0
        for decorator in node.decorators:
            expression = decorator.decorator
            call = expression if isinstance(expression, cst.Call) else None
            path = self.dagster_name(call.func if call else expression)
            if path and self._is_construct(path, "decorator"):
                count += 1
                if count == 1:
                    self._add(path, node.name.value, node, call)
        for decorator in node.decorators:
            for arg in decorator.decorator.args if isinstance(decorator.decorator, cst.Call) else ():
                self._arguments += 1
                look(arg.value, self)
                self._arguments -= 1
        self._scopes.append(local_names(node, self._module, self._package))
        self._within.append(node.name.value)
        look(node.params, self)
        look(node.body, self)
        self._scopes.pop()
        self._within.pop()
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        """LibCST calls this on the way in."""
        path = next(filter(None, (self._base(base.value) for base in node.bases)), "")
        if path:
            self._add(path, node.name.value, node, None)
        self._scopes.append({})
        self._within.append(node.name.value)
        return True

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:
        """LibCST calls this on the way out."""
        self._scopes.pop()
        self._within.pop()

    def visit_Assign(self, node: cst.Assign) -> None:
        """LibCST calls this on the way in."""
        self._assigned[id(node.value)] = dotted(node.targets[0].target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        """LibCST calls this on the way in."""
        if node.value:
            self._assigned[id(node.value)] = dotted(node.target)

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        path = self.dagster_name(node.func) or method_path(self._names, self._module, node.func)
        if path and self._is_construct(path, "argument" if self._arguments else "call"):
            self._add(path, "", node, node)
            if not path.endswith(CONTAINERS):
                self._arguments += 1
                self._inside.add(id(node))

    def leave_Call(self, original_node: cst.Call) -> None:
        """LibCST calls this on the way out."""
        if id(original_node) in self._inside:
            self._arguments -= 1

    def _add(
        self, path: str, name: str, node: cst.FunctionDef | cst.ClassDef | cst.Call, call: cst.Call | None
    ) -> None:
        line = self._line_of(node)
        arguments = []
        for place, arg in enumerate(call.args if call else ()):
            label = arg.keyword.value if arg.keyword else arg.star or str(place)
            for key, value in self._spread(arg) or [(label, arg.value)]:
                arguments.append(Argument(key, value, self._line_of(value) or line))
        shape: Shape = (
            "call"
            if isinstance(node, cst.Call)
            else ("class" if isinstance(node, cst.ClassDef) else "function")
        )
        named = (
            name
            or literal_name(call)
            or self._assigned.get(id(node))
            or first_text(call)
            or path.rsplit(".", 1)[-1]
        )
        self.found.append(
            Construct(
                place=f"{self._file}:{line}:{named}:{len(self.found)}",
                path=path,
                name=named,
                module=self._module,
                file=self._file,
                line=line,
                shape=shape,
                node=node,
                arguments=tuple(arguments),
                within=tuple(self._within),
            )
        )

    def _spread(self, arg: cst.Arg) -> list[tuple[str, cst.BaseExpression]]:
        """What `**NAME` hands over, if the module assigns it one dictionary; empty for all else."""
        if arg.star != "**" or any(dotted(arg.value) in scope for scope in self._scopes):
            return []
        bound = self._names.modules[self._module].nodes.get(dotted(arg.value), ())
        node = bound[0].value if len(bound) == 1 and isinstance(bound[0], cst.Assign) else arg.value
        return spread(node)


def spread(node: cst.BaseExpression) -> list[tuple[str, cst.BaseExpression]]:
    """The pairs of a dictionary written out, as `{"a": 1}` or `dict(a=1)`; empty for all else."""
    if isinstance(node, cst.Call) and dotted(node.func) == "dict":
        named = [(a.keyword.value if a.keyword else "", a.value) for a in node.args]
    elif isinstance(node, cst.Dict):
        named = [(_key(e), e.value) for e in node.elements]
    else:
        return []
    return named if all(name for name, _ in named) else []


def _key(element: cst.BaseDictElement) -> str:
    key = element.key if isinstance(element, cst.DictElement) else None
    return str(key.evaluated_value) if isinstance(key, cst.SimpleString) else ""


def root_base(names: NameIndex, module: str, path: str, depth: int = 8) -> str:
    """The Dagster class that a class of the project descends from, or the empty string."""
    meaning = names.resolve(module, path) if path and depth else None
    if isinstance(meaning, External):
        return meaning.path if meaning.is_dagster else ""
    if not isinstance(meaning, Internal) or meaning.rest:
        return ""
    node = names.modules[meaning.module].nodes[meaning.name][-1]
    if not isinstance(node, cst.ClassDef):
        return ""
    for base in node.bases:
        value = base.value.value if isinstance(base.value, cst.Subscript) else base.value
        found = root_base(names, meaning.module, dotted(value), depth - 1)
        if found:
            return found
    return ""


def literal_name(call: cst.Call | None) -> str:
    """The text given as `name=`, if it is a plain literal."""
    for arg in call.args if call else ():
        if arg.keyword and arg.keyword.value == "name" and isinstance(arg.value, cst.SimpleString):
            return str(arg.value.evaluated_value)
    return ""


def first_text(call: cst.Call | None) -> str:
    """The first argument, if it is a plain literal text that could be a name."""
    value = call.args[0].value if call and call.args and not call.args[0].keyword else None
    text = str(value.evaluated_value) if isinstance(value, cst.SimpleString) else ""
    return text if text.isidentifier() else ""


def laid_out(function: cst.FunctionDef, module: str, path: str, line: int) -> Construct:
    """The construct of a `@definitions` function whose statements lie at the top now."""
    place = f"{path}:{line}:{function.name.value}:definitions"
    return Construct(
        place, "dagster.definitions", function.name.value, module, path, line, "function", function
    )
