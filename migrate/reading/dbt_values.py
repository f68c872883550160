"""What the arguments of a dbt call are worth: like `evaluation.py`, but a part that is unknown stays a part.

`["build", "--vars", json.dumps({"year": year})]` is a list of three with a variable `year` of unknown
value: for comparing calls, names count as much as values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.names import External, Internal, dotted
from migrate.reading.scope import Scope, bind
from migrate.reading.values import Called, Defined, Unknown, known

if TYPE_CHECKING:
    from migrate.reading.project import Project

DEPTH = 12
SERIALISED = (
    "json.dumps",
    "yaml.dump",
    "yaml.safe_dump",
    "builtins.str",
    "builtins.repr",
    "simplejson.dumps",
)
REST = "**"
"""Key of what a dictionary holds besides the names that could be told."""


@dataclass(frozen=True)
class Text:
    """A dictionary written as a text: what `json.dumps` makes."""

    content: Any


@dataclass(frozen=True)
class Instance:
    """An object of one of the project's classes."""

    module: str
    name: str


@dataclass(frozen=True)
class Context:
    """Dagster's context of a function; `config` are the names and defaults of its configuration."""

    config: Mapping[str, Any]


class Reader:
    """Works out arguments in one project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._depth = 0

    def value(self, node: cst.CSTNode | None, scope: Scope) -> Any:
        """What an expression is worth; never raises."""
        if node is None:
            return None
        if self._depth > DEPTH:
            return Unknown("too deep")
        self._depth += 1
        try:
            return self._of(node, scope)
        finally:
            self._depth -= 1

    def _of(self, node: cst.CSTNode, scope: Scope) -> Any:
        if isinstance(node, cst.Name) and node.value in scope.local:
            return scope.local[node.value]
        handler = HANDLERS.get(type(node))
        found = handler(self, node, scope) if handler else None
        if found is None:
            found = self.project.evaluator.value(node, scope)
        if isinstance(found, Unknown) and isinstance(node, cst.BaseExpression):
            return Unknown(cst.Module([]).code_for_node(node))
        return found

    def _sequence(self, node: cst.List | cst.Tuple, scope: Scope) -> list[Any]:
        items: list[Any] = []
        for element in node.elements:
            value = self.value(element.value, scope)
            if isinstance(element, cst.StarredElement):
                items.extend(value if isinstance(value, list | tuple) else [Unknown(f"*{_word(value)}")])
            else:
                items.append(value)
        return items

    def _mapping(self, node: cst.Dict, scope: Scope) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for element in node.elements:
            value = self.value(element.value, scope)
            if isinstance(element, cst.DictElement):
                found[_word(self.value(element.key, scope))] = value
            else:
                found.update(value if isinstance(value, dict) else {REST: value})
        return found

    def _comprehension(self, node: cst.DictComp, scope: Scope) -> Any:
        """`{k: v for k, v in given.items() if k != "x"}`: names that are filtered by name."""
        loop = node.for_in
        items = self.value(loop.iter, scope)
        pair = loop.target.elements if isinstance(loop.target, cst.Tuple) else ()
        if not isinstance(items, dict) or len(pair) != 2:
            return None
        found = {}
        names = [e.value.value for e in pair if isinstance(e.value, cst.Name)]
        for key, value in items.items():
            inner = Scope(scope.module, {**scope.local, **dict(zip(names, (key, value), strict=False))})
            if all(self.value(test.test, inner) is not False for test in loop.ifs):
                found[_word(self.value(node.key, inner))] = self.value(node.value, inner)
        return found

    def _listed(self, node: cst.ListComp | cst.GeneratorExp, scope: Scope) -> Any:
        """`[f"{k}: {v}" for k, v in given.items()]`."""
        loop, items = node.for_in, self.value(node.for_in.iter, scope)
        if isinstance(items, dict):
            items = list(items.items()) if isinstance(loop.target, cst.Tuple) else list(items)
        if not isinstance(items, list | tuple) or loop.inner_for_in or loop.ifs:
            return None
        local = dict(scope.local)
        return [self.value(node.elt, Scope(scope.module, {**local, **bind(loop.target, i)})) for i in items]

    def _formatted(self, node: cst.FormattedString, scope: Scope) -> str:
        parts = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                parts.append(part.value.replace("{{", "{").replace("}}", "}"))
            elif isinstance(part, cst.FormattedStringExpression):
                parts.append(_word(self.value(part.expression, scope)))
        return "".join(parts)

    def _sum(self, node: cst.BinaryOperation, scope: Scope) -> Any:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if isinstance(node.operator, cst.Add) and isinstance(left, list) and isinstance(right, list):
            return [*left, *right]
        if isinstance(node.operator, cst.BitOr) and isinstance(left, dict) and isinstance(right, dict):
            return {**left, **right}
        texts = isinstance(left, str) or isinstance(right, str)
        if texts and all(isinstance(side, str | Unknown) for side in (left, right)):
            return _word(left) + _word(right)
        return None

    def _attribute(self, node: cst.Attribute, scope: Scope) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Context):
            return dict(owner.config) if node.attr.value in ("op_config", "solid_config") else Unknown()
        if isinstance(owner, Instance):
            return self.fields(owner).get(node.attr.value, Unknown())
        return None

    def _subscript(self, node: cst.Subscript, scope: Scope) -> Any:
        owner, element = self.value(node.value, scope), node.slice[0].slice
        index = self.value(element.value, scope) if isinstance(element, cst.Index) else None
        if isinstance(owner, dict):
            return next((worth for key, worth in owner.items() if key == index), Unknown())
        if isinstance(owner, list | tuple) and isinstance(index, int) and -len(owner) <= index < len(owner):
            return owner[index]
        return None

    def _boolean(self, node: cst.BooleanOperation, scope: Scope) -> Any:
        """`a and False` is False, whatever `a` is."""
        sides = self.value(node.left, scope), self.value(node.right, scope)
        decides = isinstance(node.operator, cst.Or)
        if any(isinstance(side, bool) and side is decides for side in sides):
            return decides
        return None if all(map(known, sides)) else Unknown()

    def _call(self, node: cst.Call, scope: Scope) -> Any:
        given = [self.value(a.value, scope) for a in node.args]
        meant = self.project.names.resolve(scope.module, dotted(node.func)) if dotted(node.func) else None
        path = meant.path if isinstance(meant, External) else f"builtins.{dotted(node.func)}"
        if path in SERIALISED and given and isinstance(given[0], dict | Text):
            return Text(given[0].content if isinstance(given[0], Text) else given[0])
        if path == "builtins.dict":
            named = {a.keyword.value: v for a, v in zip(node.args, given, strict=True) if a.keyword}
            first = given[0] if given and isinstance(given[0], dict) else {}
            return {**first, **named} if first or named else None
        if path in ("builtins.list", "builtins.tuple") and given and isinstance(given[0], list | tuple):
            return list(given[0])
        if isinstance(node.func, cst.Attribute):
            return self._method(node.func, given, scope)
        return self.returned(meant, node, scope)

    def _method(self, func: cst.Attribute, given: list[Any], scope: Scope) -> Any:
        owner, name = self.value(func.value, scope), func.attr.value
        if isinstance(owner, dict) and name in ("items", "copy"):
            return owner
        if isinstance(owner, str) and name == "join" and given and isinstance(given[0], list):
            return owner.join(map(_word, given[0]))
        if not isinstance(owner, Instance):
            return None
        if name in ("model_dump", "dict", "as_dict", "to_dict"):
            return self.fields(owner)
        function = self.member(owner, name)
        if function is None:
            return None
        names = [p.name.value for p in function.params.params]
        local = dict(zip(names, [owner, *given], strict=False))
        return self._last_return(function, Scope(owner.module, local))

    def returned(self, meant: Any, node: cst.Call, scope: Scope) -> Any:
        """What one of the project's functions gives back, or an object of one of its classes."""
        if not isinstance(meant, Internal) or meant.rest:
            return None
        definition = self.project.names.modules[meant.module].nodes[meant.name][-1]
        if isinstance(definition, cst.ClassDef):
            return Instance(meant.module, meant.name)
        if isinstance(definition, cst.FunctionDef):
            return self._last_return(definition, Scope(meant.module, self.bound(definition, node, scope)))
        return None

    def bound(self, function: cst.FunctionDef, node: cst.Call, scope: Scope) -> dict[str, Any]:
        """A function's parameters as a call binds them; defaults where it does not."""
        params = [*function.params.posonly_params, *function.params.params]
        every = [*params, *function.params.kwonly_params]
        module = scope.module
        local = {
            p.name.value: self.value(p.default, Scope(module, {})) if p.default else Unknown() for p in every
        }
        for place, arg in enumerate(node.args):
            name = (
                arg.keyword.value if arg.keyword else params[place].name.value if place < len(params) else ""
            )
            if name and not arg.star:
                local[name] = self.value(arg.value, scope)
        return local

    def _last_return(self, function: cst.FunctionDef, scope: Scope) -> Any:
        local = dict(scope.local)
        found: Any = Unknown()
        for statement in function.body.body:
            for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
                if isinstance(small, cst.Assign) and isinstance(small.targets[0].target, cst.Name):
                    name = small.targets[0].target.value
                    local[name] = self.value(small.value, Scope(scope.module, local))
                elif isinstance(small, cst.Return) and small.value is not None:
                    found = self.value(small.value, Scope(scope.module, local))
        return found

    def member(self, instance: Instance, name: str) -> cst.FunctionDef | None:
        """A method of an object's class, as its own body defines it."""
        body = self._class(instance)
        return next((s for s in body if isinstance(s, cst.FunctionDef) and s.name.value == name), None)

    def fields(self, instance: Instance) -> dict[str, Any]:
        """The annotated fields of an object's class, with the defaults that are known."""
        found: dict[str, Any] = {}
        for statement in self._class(instance):
            for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
                if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                    value = self.project.evaluator.value(small.value, Scope(instance.module, {}))
                    value = value.get("default", 0) if isinstance(value, Called) else value
                    simple = isinstance(value, str | int | float | bool) and known(value)
                    found[small.target.value] = Unknown(f"default {value}" if simple else "configured")
        return found

    def _class(self, instance: Instance) -> Any:
        definition = self.project.names.modules[instance.module].nodes[instance.name][-1]
        return definition.body.body if isinstance(definition, cst.ClassDef) else ()

    def annotated(self, param: cst.Param, module: str) -> Any:
        """What a parameter holds as far as its annotation says: an object of one of the project's classes."""
        path = dotted(param.annotation.annotation) if param.annotation else ""
        meant = self.project.names.resolve(module, path) if path else None
        if isinstance(meant, Internal) and not meant.rest:
            value = self.project.evaluator.of_module(meant.module, meant.name)
            if isinstance(value, Defined):
                return Instance(meant.module, meant.name)
        return Unknown(param.name.value)


def _word(value: Any) -> str:
    """A value as a part of a text."""
    return f"<{value.reason}>" if isinstance(value, Unknown) else str(value)


HANDLERS: dict[type[cst.CSTNode], Any] = {
    cst.List: Reader._sequence,
    cst.Tuple: Reader._sequence,
    cst.Dict: Reader._mapping,
    cst.DictComp: Reader._comprehension,
    cst.ListComp: Reader._listed,
    cst.GeneratorExp: Reader._listed,
    cst.FormattedString: Reader._formatted,
    cst.BinaryOperation: Reader._sum,
    cst.Attribute: Reader._attribute,
    cst.Subscript: Reader._subscript,
    cst.Call: Reader._call,
    cst.BooleanOperation: Reader._boolean,
}
