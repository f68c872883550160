"""Working out constants, keys, lists and factories by reading: a small, careful interpreter.

It knows literals, arithmetic, f-strings, comprehensions, the names of other modules, calls of the
project's own small functions, and calls of Dagster (kept as `Called`). Whatever else it meets is
`Unknown`, with a reason; nothing of the project is ever executed.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.bodies import Body
from migrate.reading.names import External, Internal, ModuleRef, dotted
from migrate.reading.operators import BINARY, BUILTINS, COMPARE, METHODS
from migrate.reading.scope import Scope, Stop, bind
from migrate.reading.values import Called, Decorated, Defined, Named, OfModule, Unknown

if TYPE_CHECKING:
    from migrate.reading.project import Project

STEPS = 20_000
DEPTH = 40


class Evaluator:
    """Evaluates expressions of one project; values of module-level names are worked out once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._done: dict[tuple[str, str], Any] = {}
        self._depth = 0
        self._steps = 0

    def value(self, node: cst.CSTNode | None, scope: Scope) -> Any:
        """What an expression is worth; `Unknown` with the reason when that cannot be told."""
        if node is None:
            return None
        self._steps = 0
        return self._guarded(node, scope)

    def of_module(self, module: str, name: str) -> Any:
        """The value of a name at the top of one of the project's modules."""
        key = (module, name)
        if key not in self._done:
            self._done[key] = Unknown(f"{name} is defined by itself")
            self._done[key] = self._bound(module, name)
        return self._done[key]

    def _bound(self, module: str, name: str) -> Any:
        nodes = self._project.names.modules[module].nodes.get(name, [])
        value: Any = Unknown(f"{name} is not bound in {module}")
        for node in nodes:
            value = self._after(node, name, value, Scope(module, {}))
        return value

    def _after(self, node: cst.CSTNode, name: str, before: Any, scope: Scope) -> Any:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            place = self._project.place_of(node)
            if isinstance(node, cst.FunctionDef) and place:
                return Decorated(place)
            return Defined(scope.module, name)
        if isinstance(node, cst.Assign):
            value = self._guarded(node.value, scope)
            return next((b[name] for t in node.targets if name in (b := bind(t.target, value))), value)
        if isinstance(node, cst.AnnAssign):
            return self._guarded(node.value, scope) if node.value else before
        if isinstance(node, cst.AugAssign) and isinstance(node.operator, cst.AddAssign):
            more = self._guarded(node.value, scope)
            if isinstance(before, list) and isinstance(more, list | tuple):
                return [*before, *more]
        return Unknown(f"{name} is built step by step")

    def _guarded(self, node: cst.CSTNode, scope: Scope) -> Any:
        if self._depth > DEPTH:
            return Unknown("too deep")
        self._depth += 1
        try:
            return self._of(node, scope)
        except Stop as stop:
            return Unknown(str(stop))
        except Exception as problem:  # whatever an operator of the project's own values raises
            return Unknown(f"{type(problem).__name__}: {problem}")
        finally:
            self._depth -= 1

    def _of(self, node: cst.CSTNode, scope: Scope) -> Any:
        self._steps += 1
        if self._steps > STEPS:
            raise Stop("too many steps")
        handler = HANDLERS.get(type(node))
        if handler is None:
            raise Stop(f"{type(node).__name__} is not worked out by reading")
        return handler(self, node, scope)

    def _literal(self, node: Any, scope: Scope) -> Any:
        return ast.literal_eval(node.value)

    def _joined(self, node: cst.ConcatenatedString, scope: Scope) -> Any:
        left, right = self._of(node.left, scope), self._of(node.right, scope)
        if isinstance(left, Unknown) or isinstance(right, Unknown):
            raise Stop("a part of the text is unknown")
        return left + right

    def _formatted(self, node: cst.FormattedString, scope: Scope) -> Any:
        parts = []
        for part in node.parts:
            if isinstance(part, cst.FormattedStringText):
                parts.append(part.value.replace("{{", "{").replace("}}", "}"))
                continue
            if not isinstance(part, cst.FormattedStringExpression):
                raise Stop("an f-string of another kind")
            value = self._guarded(part.expression, scope)
            if not isinstance(value, str | int | float | bool):
                raise Stop("a part of the f-string is unknown")
            spec = "".join(p.value for p in part.format_spec or () if isinstance(p, cst.FormattedStringText))
            parts.append(format(value, spec))
        return "".join(parts)

    def _sequence(self, node: cst.List | cst.Tuple | cst.Set, scope: Scope) -> Any:
        items: list[Any] = []
        for element in node.elements:
            value = self._guarded(element.value, scope)
            if isinstance(element, cst.StarredElement):
                items.extend(
                    value if isinstance(value, list | tuple | range | dict) else [Unknown("a starred part")]
                )
            else:
                items.append(value)
        return tuple(items) if isinstance(node, cst.Tuple) else items

    def _mapping(self, node: cst.Dict, scope: Scope) -> Any:
        found: dict[Any, Any] = {}
        for element in node.elements:
            value = self._guarded(element.value, scope)
            if isinstance(element, cst.StarredDictElement):
                if not isinstance(value, dict):
                    raise Stop("a starred part of a dictionary is unknown")
                found.update(value)
            elif isinstance(element, cst.DictElement):
                found[self._guarded(element.key, scope)] = value
        return found

    def _comprehension(self, node: cst.ListComp | cst.SetComp | cst.GeneratorExp, scope: Scope) -> Any:
        return [self._guarded(node.elt, inner) for inner in self._loops(node.for_in, scope)]

    def _dict_comprehension(self, node: cst.DictComp, scope: Scope) -> Any:
        return {
            self._guarded(node.key, inner): self._guarded(node.value, inner)
            for inner in self._loops(node.for_in, scope)
        }

    def _loops(self, loop: cst.CompFor, scope: Scope) -> list[Scope]:
        items = self._guarded(loop.iter, scope)
        if isinstance(items, Unknown) or not isinstance(items, list | tuple | range | dict | str | set):
            raise Stop("the items of a loop are unknown")
        found = []
        for item in items:
            inner = Scope(scope.module, {**scope.local, **bind(loop.target, item)})
            if all(self._guarded(test.test, inner) is True for test in loop.ifs):
                found += self._loops(loop.inner_for_in, inner) if loop.inner_for_in else [inner]
        return found

    def _binary(self, node: cst.BinaryOperation, scope: Scope) -> Any:
        left, right = self._guarded(node.left, scope), self._guarded(node.right, scope)
        sign = type(node.operator)
        if isinstance(left, Called) or isinstance(right, Called):
            return Called(f".{sign.__name__}", (left, right))
        if sign not in BINARY or isinstance(left, Unknown) or isinstance(right, Unknown):
            raise Stop("an operand is unknown")
        return BINARY[sign](left, right)

    def _unary(self, node: cst.UnaryOperation, scope: Scope) -> Any:
        value = self._guarded(node.expression, scope)
        if isinstance(node.operator, cst.Minus) and isinstance(value, int | float):
            return -value
        if isinstance(node.operator, cst.Not) and not isinstance(value, Unknown):
            return not value
        return Called(f".{type(node.operator).__name__}", (value,))

    def _comparison(self, node: cst.Comparison, scope: Scope) -> Any:
        left, result = self._guarded(node.left, scope), True
        for target in node.comparisons:
            right = self._guarded(target.comparator, scope)
            if isinstance(left, Unknown) or isinstance(right, Unknown):
                raise Stop("a side of the comparison is unknown")
            result = result and bool(COMPARE[type(target.operator)](left, right))
            left = right
        return result

    def _conditional(self, node: cst.IfExp, scope: Scope) -> Any:
        test = self._guarded(node.test, scope)
        if isinstance(test, Unknown):
            raise Stop("the condition is unknown")
        return self._guarded(node.body if test else node.orelse, scope)

    def _boolean(self, node: cst.BooleanOperation, scope: Scope) -> Any:
        left = self._guarded(node.left, scope)
        if isinstance(left, Unknown):
            raise Stop("an operand is unknown")
        stop = not left if isinstance(node.operator, cst.And) else bool(left)
        return left if stop else self._guarded(node.right, scope)

    def _subscript(self, node: cst.Subscript, scope: Scope) -> Any:
        value = self._guarded(node.value, scope)
        if isinstance(value, Unknown | Named | Defined) or len(node.slice) != 1:
            raise Stop("what is subscripted is unknown")
        part = node.slice[0].slice
        if isinstance(part, cst.Index):
            return value[self._guarded(part.value, scope)]
        if isinstance(part, cst.Slice):
            ends = [self._guarded(e, scope) if e else None for e in (part.lower, part.upper, part.step)]
            return value[slice(*ends)]
        raise Stop("a slice of another kind")

    def _name(self, node: cst.Name, scope: Scope) -> Any:
        if node.value in scope.local:
            return scope.local[node.value]
        constants = {"True": True, "False": False, "None": None}
        if node.value in constants:
            return constants[node.value]
        found = self._project.names.resolve(scope.module, node.value)
        if found is None:
            if node.value in BUILTINS:
                return Named(f"builtins.{node.value}")
            raise Stop(f"{node.value} is not known at this place")
        return self._meant(found)

    def _meant(self, found: External | Internal | ModuleRef) -> Any:
        if isinstance(found, External):
            return Named(found.path)
        if isinstance(found, ModuleRef):
            return OfModule(found.module)
        value = self.of_module(found.module, found.name)
        for part in found.rest:
            value = self._attribute(value, part)
        return value

    def _dotted(self, node: cst.Attribute, scope: Scope) -> Any:
        path = dotted(node)
        if path and path.split(".")[0] not in scope.local:
            found = self._project.names.resolve(scope.module, path)
            if found is not None:
                return self._meant(found)
        return self._attribute(self._guarded(node.value, scope), node.attr.value)

    def _attribute(self, value: Any, name: str) -> Any:
        if isinstance(value, OfModule):
            found = self._project.names.resolve(value.module, name)
            if found is None:
                raise Stop(f"{value.module} has no {name}")
            return self._meant(found)
        if isinstance(value, Named):
            return Named(f"{value.path}.{name}")
        if isinstance(value, Called | Decorated):
            return Called(f".{name}", (value,))
        raise Stop(f"the attribute {name} of a value")

    def _call(self, node: cst.Call, scope: Scope) -> Any:
        if isinstance(node.func, cst.Attribute):
            method = self._method(node, node.func, scope)
            if method is not None:
                return method
        function = self._guarded(node.func, scope)
        args, kwargs = self.arguments(node.args, scope)
        if isinstance(function, Named):
            if function.path.startswith("builtins."):
                if not all(not isinstance(a, Unknown) for a in args):
                    raise Stop("an argument is unknown")
                if any(isinstance(a, Called | Named | Decorated) for a in args):
                    return Called(function.path, tuple(args), kwargs)
                return BUILTINS[function.path.removeprefix("builtins.")](*args, **kwargs)
            return Called(function.path, tuple(args), kwargs, self._project.place_of(node))
        if isinstance(function, Defined):
            return self._project_call(function, args, kwargs, node)
        if isinstance(function, Called):
            return Called(function.name, (*function.args, *args), kwargs)
        if isinstance(function, Decorated):
            return Called(f"@{function.place}", tuple(args), kwargs)
        raise Stop("what is called is unknown")

    def _method(self, node: cst.Call, func: cst.Attribute, scope: Scope) -> Any:
        path = dotted(func)
        if path and self._project.names.resolve(scope.module, path) and path.split(".")[0] not in scope.local:
            return None
        target = self._guarded(func.value, scope)
        if func.attr.value in METHODS and isinstance(target, str | dict | list):
            args, kwargs = self.arguments(node.args, scope)
            result = getattr(target, func.attr.value)(*args, **kwargs)
            return list(result) if func.attr.value in ("items", "keys", "values") else result
        if isinstance(target, Called | Decorated):
            args, kwargs = self.arguments(node.args, scope)
            return Called(f".{func.attr.value}", (target, *args), kwargs)
        return None

    def arguments(self, given: Sequence[cst.Arg], scope: Scope) -> tuple[list[Any], dict[str, Any]]:
        """The evaluated positional and named arguments of a call."""
        args: list[Any] = []
        kwargs: dict[str, Any] = {}
        for arg in given:
            value = self._guarded(arg.value, scope)
            if arg.keyword:
                kwargs[arg.keyword.value] = value
            elif arg.star == "**":
                kwargs.update(value if isinstance(value, dict) else {"**": Unknown("unknown keywords")})
            elif arg.star == "*":
                args.extend(value if isinstance(value, list | tuple) else [Unknown("unknown arguments")])
            else:
                args.append(value)
        return args, kwargs

    def _project_call(
        self, function: Defined, args: list[Any], kwargs: dict[str, Any], node: cst.Call
    ) -> Any:
        definition = self._project.names.modules[function.module].nodes[function.name][-1]
        if isinstance(definition, cst.ClassDef):
            return Called(
                f"{function.module}:{function.name}", tuple(args), kwargs, self._project.place_of(node)
            )
        if not isinstance(definition, cst.FunctionDef):
            raise Stop(f"{function.name} is no function")
        local = self._parameters(definition, args, kwargs, function.module)
        return Body(self, function.module, local).run(definition)

    def _parameters(
        self, function: cst.FunctionDef, args: list[Any], kwargs: dict[str, Any], module: str
    ) -> dict[str, Any]:
        params = function.params
        local: dict[str, Any] = {}
        for place, param in enumerate([*params.posonly_params, *params.params, *params.kwonly_params]):
            name = param.name.value
            if name in kwargs:
                local[name] = kwargs[name]
            elif place < len(args) and param not in params.kwonly_params:
                local[name] = args[place]
            else:
                local[name] = (
                    self._guarded(param.default, Scope(module, {})) if param.default else Unknown(name)
                )
        if isinstance(params.star_kwarg, cst.Param):
            local[params.star_kwarg.name.value] = {k: v for k, v in kwargs.items() if k not in local}
        return local


HANDLERS: dict[type[cst.CSTNode], Callable[[Evaluator, Any, Scope], Any]] = {
    cst.SimpleString: Evaluator._literal,
    cst.Integer: Evaluator._literal,
    cst.Float: Evaluator._literal,
    cst.ConcatenatedString: Evaluator._joined,
    cst.FormattedString: Evaluator._formatted,
    cst.List: Evaluator._sequence,
    cst.Tuple: Evaluator._sequence,
    cst.Set: Evaluator._sequence,
    cst.Dict: Evaluator._mapping,
    cst.ListComp: Evaluator._comprehension,
    cst.SetComp: Evaluator._comprehension,
    cst.GeneratorExp: Evaluator._comprehension,
    cst.DictComp: Evaluator._dict_comprehension,
    cst.BinaryOperation: Evaluator._binary,
    cst.UnaryOperation: Evaluator._unary,
    cst.Comparison: Evaluator._comparison,
    cst.IfExp: Evaluator._conditional,
    cst.BooleanOperation: Evaluator._boolean,
    cst.Subscript: Evaluator._subscript,
    cst.Name: Evaluator._name,
    cst.Attribute: Evaluator._dotted,
    cst.Call: Evaluator._call,
}
