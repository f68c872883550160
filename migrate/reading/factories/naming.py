"""The names that written-out code gets at the top of a module, where no other statement has them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import libcst as cst

from migrate.reading.component_templates import Untold
from migrate.reading.factories.telling import Telling
from migrate.reading.folding import worth
from migrate.reading.names import bound_by, dotted
from migrate.reading.texts_of import NAMED
from migrate.reading.unrolling import Put, told_name
from migrate.reading.walking import rewrite


class Naming:
    """Knows which names a module has; `taken` grows with every statement that is laid out."""

    def __init__(self, taken: set[str], telling: Telling) -> None:
        self.taken, self._telling = taken, telling

    def copy(self) -> Naming:
        """The same, to go back to."""
        return Naming(set(self.taken), self._telling)

    def before(self, block: Sequence[cst.BaseStatement]) -> set[str]:
        """Names that a loop adds to: `jobs += [one]` goes on with what was there."""
        return {
            small.target.value
            for s in block
            if isinstance(s, cst.SimpleStatementLine)
            for small in s.body
            if (isinstance(small, cst.AugAssign) and isinstance(small.target, cst.Name))
        } | {
            dotted(small.value.func.value)
            for s in block
            if isinstance(s, cst.SimpleStatementLine)
            for small in s.body
            if isinstance(small, cst.Expr)
            and isinstance(small.value, cst.Call)
            and isinstance(small.value.func, cst.Attribute)
        }

    def prefix(self, function: str, args: Sequence[cst.Arg]) -> str:
        """What the names of one call start with: its first text, or the function's name."""
        for arg in args:
            value = worth(arg.value)
            plain = re.sub(r"\W", "_", value).lower() if isinstance(value, str) else ""
            if plain.isidentifier() and len(plain) < 40:
                return plain
        return re.sub(r"^(build|make|create|get)_", "", function.rpartition(".")[2].strip("_"))

    def renamed(
        self,
        statements: Sequence[cst.BaseStatement],
        inside: set[str],
        prefix: str,
        result: tuple[str, str] = ("", ""),
        suffix: str = "",
    ) -> list[cst.BaseStatement]:
        """The statements with names of their own; what is `result[0]` is called `result[1]`."""
        new: dict[str, cst.BaseExpression] = {}
        for statement in statements:
            for name, node in bound_by(statement):
                if name in inside and name not in new:
                    given = result[1] if name == result[0] else ""
                    new[name] = cst.Name(given or self._free(self._wanted(suffix or name, node, prefix)))
        done: list[cst.BaseStatement] = []
        for statement in statements:
            decorated = isinstance(statement, cst.FunctionDef) and statement.decorators
            kept = _keeping_its_name(statement, new) if decorated else statement
            fresh = self._telling.folded(rewrite(kept, Put(new, functions=True)))
            assert isinstance(fresh, cst.BaseStatement)
            done.append(fresh)
        self.remember(done)
        return done

    def _wanted(self, name: str, node: cst.CSTNode, prefix: str) -> str:
        plain = name.strip("_")
        if isinstance(node, cst.FunctionDef) and node.decorators:
            told = told_name(node)
            if told is None:
                return name  # its name is that of what it makes
            return told or f"{prefix}_{plain}".strip("_")
        value = node.value if isinstance(node, cst.Assign) else None
        if isinstance(value, cst.Call) and (said := _said(value)):
            return said
        return f"{prefix}_{plain}".strip("_")

    def _free(self, wanted: str) -> str:
        name, number = wanted, 2
        while name in self.taken:
            name, number = f"{wanted}_{number}", number + 1
        self.taken.add(name)
        return name

    def remember(self, statements: Sequence[cst.BaseStatement]) -> None:
        """What a job or a schedule that a variable holds is called."""
        for name, node in (pair for s in statements for pair in bound_by(s)):
            value = node.value if isinstance(node, cst.Assign | cst.AnnAssign) else None
            made = isinstance(value, cst.Call) and dotted(value.func).rpartition(".")[2] in NAMED
            if made and isinstance(value, cst.Call) and (said := _text(value)):
                self._telling.named[name] = said


def _text(call: cst.Call) -> str:
    """The name that a call gives what it makes."""
    for place, arg in enumerate(call.args):
        named = arg.keyword.value == "name" if arg.keyword else place == 0
        value = worth(arg.value)
        if named and isinstance(value, str):
            return value
    return ""


def _said(call: cst.Call) -> str:
    if dotted(call.func).rpartition(".")[2] not in NAMED:
        return ""
    text = _text(call)
    return text if text.isidentifier() else ""


def _keeping_its_name(function: Any, names: Mapping[str, cst.BaseExpression]) -> cst.BaseStatement:
    """The function with `name=` in its decorator, if what it makes is called as the function was.

    Raises:
        Untold: several decorators are in question.
    """
    assert isinstance(function, cst.FunctionDef)
    name = function.name.value
    new = names.get(name)
    if new is None or told_name(function) is not None or dotted(new) == name:
        return function
    if len(function.decorators) != 1:
        raise Untold("several decorators")
    decorator = function.decorators[0]
    call = decorator.decorator
    call = call if isinstance(call, cst.Call) else cst.Call(call)
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    said = cst.Arg(cst.SimpleString(f'"{name}"'), cst.Name("name"), equal=equal)
    first = [a for a in call.args if not a.keyword and not a.star]
    rest = [a for a in call.args if a.keyword or a.star]
    return function.with_changes(
        decorators=[decorator.with_changes(decorator=call.with_changes(args=[*first, said, *rest]))]
    )


def words_of(put: Mapping[str, cst.BaseExpression]) -> list[str]:
    """What an item is called: its texts, or nothing."""
    texts = [str(n.evaluated_value) for n in put.values() if isinstance(n, cst.SimpleString)]
    return [text for text in texts if text.isidentifier()][:1]
