"""Constants kept in a class of the project, and members of its enums: `Keys.SPARK`, `Keys.SPARK.value`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.names import External, dotted
from migrate.reading.scope import Scope, Stop
from migrate.reading.values import Defined

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
