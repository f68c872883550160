"""Constants kept in a class of the project, and members of its enums: `Keys.SPARK`, `Keys.SPARK.value`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.bodies import Body
from migrate.reading.names import External, dotted
from migrate.reading.scope import Scope, Stop
from migrate.reading.values import Called, Defined
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.reading.evaluation import Evaluator

ENUMS = ("enum.Enum", "enum.StrEnum", "enum.IntEnum")


@dataclass(frozen=True)
class Member:
    """One member of an enum, which is not its value."""

    name: str
    value: Any


class TextMember(str):
    """One member of an enum of texts, which is its value too."""

    name: str

    @property
    def value(self) -> str:
        """The text itself."""
        return str(self)


def attribute(evaluator: Evaluator, owner: Defined, name: str) -> Any:
    """What a name that is assigned once in a class's body is worth.

    Raises:
        Stop: there is no such class, or no such assignment in it.
    """
    nodes = evaluator.project.names.modules[owner.module].nodes.get(owner.name, [])
    definition = nodes[-1] if nodes else None
    found = _assigned(definition, name) if isinstance(definition, cst.ClassDef) else []
    if len(found) != 1 or not isinstance(definition, cst.ClassDef):
        raise Stop(f"the attribute {name} of {owner.name}")
    value = evaluator.guarded(found[0], Scope(owner.module, {}))
    bases = _bases(evaluator, owner, definition)
    if not set(bases) & set(ENUMS):
        return value
    if isinstance(value, str) and ("str" in bases or "enum.StrEnum" in bases):
        member = TextMember(value)
        member.name = name
        return member
    return Member(name, value)


def field_of(evaluator: Evaluator, made: Called, name: str) -> Any:
    """What an instance of one of the project's models was given for a field, or the field's default.

    None where it is no plain field, or where the class may work it out itself.
    """
    module, _, own = made.name.partition(":")
    nodes = evaluator.project.names.modules[module].nodes.get(own, []) if own else []
    definition = nodes[-1] if nodes else None
    if not isinstance(definition, cst.ClassDef):
        return None
    if (function := _property(definition, name)) is not None:
        return Body(evaluator, module, {function.params.params[0].name.value: made}).run(function)
    if name not in _fields(definition) - _worked_out(definition):
        return None
    owner = Defined(module, own)
    above = [evaluator.project.names.resolve(module, dotted(base.value)) for base in definition.bases]
    if not all(isinstance(base, External) for base in above):
        return None  # another class of the project may have its say
    place = _names(definition).index(name)
    if name in made.kwargs:
        return made.kwargs[name]
    if place < len(made.args):
        return made.args[place]
    try:
        default = attribute(evaluator, owner, name)
    except Stop:
        return None
    return default.kwargs.get("default") if isinstance(default, Called) else default


def _property(definition: cst.ClassDef, name: str) -> cst.FunctionDef | None:
    """The method that works an attribute out."""
    for statement in definition.body.body:
        if isinstance(statement, cst.FunctionDef) and statement.name.value == name:
            decorators = [dotted(d.decorator).rpartition(".")[2] for d in statement.decorators]
            if decorators in (["property"], ["cached_property"]) and len(statement.params.params) == 1:
                return statement
    return None


def _fields(definition: cst.ClassDef) -> set[str]:
    return set(_names(definition))


def _names(definition: cst.ClassDef) -> list[str]:
    """The fields in the order in which a dataclass is given them."""
    lines = [s for s in definition.body.body if isinstance(s, cst.SimpleStatementLine)]
    annotated = [s for line in lines for s in line.body if isinstance(s, cst.AnnAssign)]
    return list(dict.fromkeys(s.target.value for s in annotated if isinstance(s.target, cst.Name)))


def _worked_out(definition: cst.ClassDef) -> set[str]:
    """Fields that a validator or the class's own making may change: all of them, where it cannot be told."""
    found: set[str] = set()
    for function in (s for s in definition.body.body if isinstance(s, cst.FunctionDef)):
        if function.name.value in ("__init__", "__new__", "__getattribute__"):
            return _fields(definition)
        if function.name.value in ("__post_init__", "model_post_init") and not _only_looks(function):
            return _fields(definition)
        for decorator in (d.decorator for d in function.decorators):
            called = decorator.func if isinstance(decorator, cst.Call) else decorator
            if "validator" in dotted(called):
                texts = decorator.args if isinstance(decorator, cst.Call) else ()
                named = {a.value.evaluated_value for a in texts if isinstance(a.value, cst.SimpleString)}
                if not named or "*" in named or "model" in dotted(called) or "root" in dotted(called):
                    return _fields(definition)
                found |= {str(n) for n in named}
    return found


class _Looks(cst.CSTVisitor):
    """Whether an object is only asked for its fields: not assigned to, not handed on."""

    def __init__(self, own: str) -> None:
        super().__init__()
        self._own, self.only = own, True

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        if dotted(node.value) != self._own:
            look(node.value, self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        self.only = self.only and node.value != self._own

    def visit_Call(self, node: cst.Call) -> None:
        """A method of its own may do anything, one of a list may change it."""
        called = node.func if isinstance(node.func, cst.Attribute) else None
        if called is not None and (dotted(called.value) == self._own or called.attr.value in CHANGING):
            self.only = self.only and _root(called) != self._own

    def visit_AssignTarget(self, node: cst.AssignTarget) -> None:
        self._bound(node.target)

    def visit_AugAssign(self, node: cst.AugAssign) -> None:
        self._bound(node.target)

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        self._bound(node.target)

    def visit_Del(self, node: cst.Del) -> None:
        self._bound(node.target)

    def _bound(self, target: cst.CSTNode) -> None:
        parts = target.elements if isinstance(target, cst.Tuple | cst.List) else ()
        targets: list[cst.CSTNode] = [part.value for part in parts] or [target]
        self.only = self.only and not any(_root(one) == self._own for one in targets)


CHANGING = (
    *("append", "extend", "insert", "remove", "pop", "popitem", "clear"),
    *("update", "setdefault", "add", "discard", "sort", "reverse"),
)


def _root(node: cst.CSTNode) -> str:
    """The name that a place within an object starts with: `self` of `self.tables[0]`."""
    while isinstance(node, cst.Attribute | cst.Subscript):
        node = node.value
    return node.value if isinstance(node, cst.Name) else ""


def _only_looks(function: cst.FunctionDef) -> bool:
    """Whether what is done once an object is made leaves its fields as they were given."""
    params = function.params.params
    visitor = _Looks(params[0].name.value if params else "")
    look(function.body, visitor)
    return bool(params) and visitor.only


def _assigned(definition: cst.ClassDef, name: str) -> list[cst.BaseExpression]:
    found: list[cst.BaseExpression] = []
    for statement in definition.body.body:
        for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else ():
            targets = [t.target for t in small.targets] if isinstance(small, cst.Assign) else []
            targets += [small.target] if isinstance(small, cst.AnnAssign) else []
            value = small.value if isinstance(small, cst.Assign | cst.AnnAssign) else None
            if value is not None and any(isinstance(t, cst.Name) and t.value == name for t in targets):
                found.append(value)
    return found


def _bases(evaluator: Evaluator, owner: Defined, definition: cst.ClassDef) -> list[str]:
    found = []
    for base in definition.bases:
        path = dotted(base.value)
        meaning = evaluator.project.names.resolve(owner.module, path) if path else None
        found.append(meaning.path if isinstance(meaning, External) else path)
    return found
