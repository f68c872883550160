"""Working out constants, keys, lists and factories by reading: a small, careful interpreter.

It knows literals, arithmetic, f-strings, comprehensions, the names of other modules, calls of the
project's own small functions, and calls of Dagster (kept as `Called`). Whatever else it meets is
`Unknown`, with a reason; nothing of the project is ever executed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading import calls, class_constants, data_files, displays, key_parts, operations
from migrate.reading.bodies import Body
from migrate.reading.growing import changed_names, grown, replayed
from migrate.reading.names import External, Internal, ModuleRef, dotted
from migrate.reading.operators import BUILTINS
from migrate.reading.scope import Scope, Stop, bind
from migrate.reading.texts_of import text_of
from migrate.reading.values import Called, Decorated, Defined, Named, OfModule, Unknown
from migrate.reading.zones import zone_name

if TYPE_CHECKING:
    from migrate.reading.project import Project

STEPS = 20_000
DEPTH = 40


class Evaluator:
    """Evaluates expressions of one project; values of module-level names are worked out once."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.data = data_files.DataFiles(project.root)
        self._done: dict[tuple[str, str], Any] = {}
        self._grown: dict[str, dict[str, list[cst.CSTNode]]] = {}
        self._keys_of: Callable[[Decorated], tuple[str, ...]] = lambda value: ()
        self._depth = 0
        self._steps = 0

    def value(self, node: cst.CSTNode | None, scope: Scope) -> Any:
        """What an expression is worth; `Unknown` with the reason when that cannot be told."""
        if node is None:
            return None
        self._steps = 0
        return self.guarded(node, scope)

    def know(self, keys_of: Callable[[Decorated], tuple[str, ...]]) -> None:
        """Learn from the rules which keys an asset function makes; what was worked out is forgotten."""
        self._keys_of = keys_of
        self._done.clear()

    def keys_of(self, value: Decorated) -> tuple[str, ...]:
        """The keys an asset function makes, as far as the rules have told them by now."""
        return self._keys_of(value)

    def said(self, value: Any) -> Any:
        """A value as it stands in a text: the name of a job is one."""
        return text_of(self, value)

    def of_module(self, module: str, name: str) -> Any:
        """The value of a name at the top of one of the project's modules."""
        key = (module, name)
        if key not in self._done:
            self._done[key] = Unknown(f"{name} is defined by itself")
            asking, self._steps = self._steps, 0  # those of the name itself are its own
            self._done[key] = self._bound(module, name)
            self._steps = asking
        return self._done[key]

    def _bound(self, module: str, name: str) -> Any:
        nodes = self.project.names.modules[module].nodes.get(name, [])
        value: Any = Unknown(f"{name} is not bound in {module}")
        if nodes and (imported := self._imported(module, name)) is not None:
            self._done[module, name] = value = imported  # `stock = load(stock)`: until then, the import
        steps = self._grown_in(module).get(name)
        found = self._replayed(module, name, steps) if steps else None
        if steps and (not isinstance(found, Unknown) or name in changed_names(steps)):
            return found
        for node in nodes:
            value = self._after(node, name, value, Scope(module, {}))
            self._done[module, name] = value
        if steps and not _an_object(value):
            return found
        return value

    def _imported(self, module: str, name: str) -> Any:
        """What a name that a module binds was imported as before; None when it was not."""
        target = self.project.names.modules[module].imports.get(name)
        found = self.project.names.follow(target) if target else None
        return None if found is None else self.guarded_meaning(found)

    def grown_by(self, module: str, name: str) -> list[cst.CSTNode]:
        """The statements that change a name of a module in place."""
        return self._grown_in(module).get(name, [])

    def _grown_in(self, module: str) -> dict[str, list[cst.CSTNode]]:
        if module not in self._grown:
            self._grown[module] = grown(self.project.names.modules[module].body)
        return self._grown[module]

    def _replayed(self, module: str, name: str, steps: list[cst.CSTNode]) -> Any:
        self._depth += 1
        try:
            return replayed(Body(self, module, {}), steps, name)
        except Stop as stop:
            return Unknown(str(stop))
        except Exception as problem:  # whatever an operator of the project's own values raises
            return Unknown(f"{type(problem).__name__}: {problem}")
        finally:
            self._depth -= 1

    def _after(self, node: cst.CSTNode, name: str, before: Any, scope: Scope) -> Any:
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            place = self.project.place_of(node)
            if isinstance(node, cst.FunctionDef) and place:
                return Decorated(place)
            return Defined(scope.module, name)
        if isinstance(node, cst.Assign):
            value = self.guarded(node.value, scope)
            return next((b[name] for t in node.targets if name in (b := bind(t.target, value))), value)
        if isinstance(node, cst.AnnAssign):
            return self.guarded(node.value, scope) if node.value else before
        if isinstance(node, cst.AugAssign) and isinstance(node.operator, cst.AddAssign):
            more = self.guarded(node.value, scope)
            if isinstance(before, list) and isinstance(more, list | tuple):
                return [*before, *more]
        return Unknown(f"{name} is built step by step")

    def guarded(self, node: cst.CSTNode, scope: Scope) -> Any:
        """What an expression is worth, as a part of a larger one: never raises."""
        if self._depth > DEPTH:
            return Unknown("too deep")
        self._depth += 1
        try:
            return self.of(node, scope)
        except Stop as stop:
            return Unknown(str(stop))
        except Exception as problem:  # whatever an operator of the project's own values raises
            return Unknown(f"{type(problem).__name__}: {problem}")
        finally:
            self._depth -= 1

    def of(self, node: cst.CSTNode, scope: Scope) -> Any:
        """What an expression is worth.

        Raises:
            Stop: it cannot be told.
        """
        self._steps += 1
        if self._steps > STEPS:
            raise Stop("too many steps")
        handler = HANDLERS.get(type(node))
        if handler is None:
            raise Stop(f"{type(node).__name__} is not worked out by reading")
        return handler(self, node, scope)

    def _name(self, node: cst.Name, scope: Scope) -> Any:
        if node.value in scope.local:
            return scope.local[node.value]
        constants = {"True": True, "False": False, "None": None}
        if node.value in constants:
            return constants[node.value]
        found = self.project.names.resolve(scope.module, node.value)
        if found is None:
            if node.value == "__file__" and (path := self.project.path_of(scope.module)):
                return data_files.at(path)
            if node.value in BUILTINS or node.value == "open":
                return Named(f"builtins.{node.value}")
            raise Stop(f"{node.value} is not known at this place")
        return self.meant(found)

    def guarded_meaning(self, found: External | Internal | ModuleRef) -> Any:
        """The same as `meant`; `Unknown` where that cannot be told."""
        try:
            return self.meant(found)
        except Stop as stop:
            return Unknown(str(stop))

    def meant(self, found: External | Internal | ModuleRef) -> Any:
        """What a name that has been followed is worth."""
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
            found = self.project.names.resolve(scope.module, path)
            if found is not None:
                return self.meant(found)
        return self._attribute(self.guarded(node.value, scope), node.attr.value)

    def _attribute(self, value: Any, name: str) -> Any:
        if isinstance(value, OfModule):
            found = self.project.names.resolve(value.module, name)
            if found is None:
                found = self.project.names.follow(f"{value.module}.{name}")
                found = None if isinstance(found, External) else found
            if found is None:
                raise Stop(f"{value.module} has no {name}")
            return self.meant(found)
        if isinstance(value, data_files.ProjectPath):
            return data_files.attribute(value, name)
        if isinstance(value, Named):
            return Named(f"{value.path}.{name}")
        if (zone := zone_name(value, name)) is not None:
            return zone
        if name in ("key", "keys") and isinstance(value, Decorated) and (keys := self._keys_of(value)):
            made = [key_parts.key_of(key.split("/")) for key in keys]
            return made if name == "keys" else made[0] if len(made) == 1 else Unknown("one of several keys")
        if name in ("path", "parts") and (parts := key_parts.parts_of(value)):
            return parts
        if isinstance(value, Called | Decorated):
            field = class_constants.field_of(self, value, name) if isinstance(value, Called) else None
            return Called(f".{name}", (value,)) if field is None else field
        if isinstance(value, Defined):
            return class_constants.attribute(self, value, name)
        if isinstance(value, class_constants.Member | class_constants.TextMember) and name in (
            "name",
            "value",
        ):
            return getattr(value, name)
        raise Stop(f"the attribute {name} of a value")


def _an_object(value: Any) -> bool:
    """Whether a branch makes an object, such as a resource: the target keeps the branches that choose it."""
    return isinstance(value, Called) and "Selection" not in value.name


HANDLERS: dict[type[cst.CSTNode], Callable[[Evaluator, Any, Scope], Any]] = {
    cst.SimpleString: displays.literal,
    cst.Integer: displays.literal,
    cst.Float: displays.literal,
    cst.ConcatenatedString: displays.joined,
    cst.FormattedString: displays.formatted,
    cst.List: displays.sequence,
    cst.Tuple: displays.sequence,
    cst.Set: displays.sequence,
    cst.Dict: displays.mapping,
    cst.ListComp: displays.comprehension,
    cst.SetComp: displays.comprehension,
    cst.GeneratorExp: displays.comprehension,
    cst.DictComp: displays.dict_comprehension,
    cst.BinaryOperation: operations.binary,
    cst.UnaryOperation: operations.unary,
    cst.Comparison: operations.comparison,
    cst.IfExp: operations.conditional,
    cst.BooleanOperation: operations.boolean,
    cst.Subscript: operations.subscript,
    cst.Name: Evaluator._name,
    cst.Attribute: Evaluator._dotted,
    cst.Call: calls.called,
    cst.NamedExpr: lambda evaluator, node, scope: evaluator.guarded(node.value, scope),
}
