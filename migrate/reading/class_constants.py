"""Constants kept in a class of the project, and members of its enums: `Keys.SPARK`, `Keys.SPARK.value`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.names import External, dotted
from migrate.reading.scope import Scope, Stop
from migrate.reading.values import Called, Defined

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
    if not isinstance(definition, cst.ClassDef) or name not in _fields(definition) - _worked_out(definition):
        return None
    owner = Defined(module, own)
    above = [evaluator.project.names.resolve(module, dotted(base.value)) for base in definition.bases]
    if not all(isinstance(base, External) for base in above):
        return None  # another class of the project may have its say
    if name in made.kwargs or made.args:
        return made.kwargs.get(name)
    try:
        default = attribute(evaluator, owner, name)
    except Stop:
        return None
    return default.kwargs.get("default") if isinstance(default, Called) else default


def _fields(definition: cst.ClassDef) -> set[str]:
    lines = [s for s in definition.body.body if isinstance(s, cst.SimpleStatementLine)]
    annotated = [s for line in lines for s in line.body if isinstance(s, cst.AnnAssign)]
    return {s.target.value for s in annotated if isinstance(s.target, cst.Name)}


def _worked_out(definition: cst.ClassDef) -> set[str]:
    """Fields that a validator or the class's own making may change: all of them, where it cannot be told."""
    found: set[str] = set()
    for function in (s for s in definition.body.body if isinstance(s, cst.FunctionDef)):
        if function.name.value in (
            "__init__",
            "__new__",
            "__post_init__",
            "__getattribute__",
            "model_post_init",
        ):
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
