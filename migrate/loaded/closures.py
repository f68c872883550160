"""The body of a function that stands within another one, for a module: its closure written in."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.assets import Unwritable
from migrate.loaded.places import Places, Standing
from migrate.reading.factories.binding import inner_names
from migrate.reading.folding import Folds
from migrate.reading.unrolling import Put, block_of
from migrate.reading.walking import cloned, rewrite

if TYPE_CHECKING:
    from migrate.loaded.changes import Changes
    from migrate.reading.project import PythonFile

SCALAR = (cst.SimpleString, cst.Integer, cst.Float, cst.Name, cst.Attribute)


class Closures:
    """Writes closures into functions; `stand_ins` name functions of a module that its own name hides."""

    def __init__(self, changes: Changes, places: Places) -> None:
        self._changes, self._places = changes, places
        self.stand_ins: dict[int, str] = {}

    def body(self, standing: Standing, told: Mapping[str, Any], home: PythonFile) -> list[cst.BaseStatement]:
        """The statements of a function for what its closure held.

        Raises:
            Unwritable: something of it is no plain data.
        """
        given: dict[str, cst.BaseExpression] = {}
        first: list[cst.BaseStatement] = []
        for name, held in told["closure"].items():
            value = self._value(name, held, home, first)
            if value is not None:
                given[name] = value
        block = block_of(standing.node.body)
        put = {n: v for n, v in given.items() if isinstance(v, SCALAR)}
        put = {n: v for n, v in put.items() if n not in inner_names(standing.node.body)}
        body = _with(block, put)
        if not _is_sound(body):
            put, body = {}, [cloned(s) for s in block]
        assigned = [
            cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], value)])
            for name, value in given.items()
            if name not in put
        ]
        at = 1 if standing.node.get_docstring() is not None else 0
        return [*body[:at], *assigned, *first, *body[at:]]

    def _value(
        self, name: str, held: Mapping[str, Any], home: PythonFile, first: list[cst.BaseStatement]
    ) -> cst.BaseExpression | None:
        """What a name of the closure is; None when a function of that name was put into `first`."""
        if "text" in held:
            return self.expression(held, home)
        inner = held.get("function")
        found = self._places.at(inner["file"], inner["line"], inner["name"]) if inner else None
        if inner is None or found is None:
            raise Unwritable(f"{name} is {held['refused']}")
        if id(found.node) in self.stand_ins:
            return cst.Name(self.stand_ins[id(found.node)])
        if not found.around or found.node.decorators or found.file is not home:
            raise Unwritable(f"{name} is {held['refused']}")
        body = self.body(found, inner, home)
        first.append(found.node.with_changes(body=cst.IndentedBlock(body), leading_lines=[cst.EmptyLine()]))
        return None if found.node.name.value == name else cst.Name(found.node.name.value)

    def expression(self, told: Mapping[str, Any], home: PythonFile) -> cst.BaseExpression:
        """Plain data as an expression of a file, what it names imported there."""
        text = told["text"]
        for module in told.get("imports", ()):
            if module == home.module:
                text = re.sub(rf"\b{re.escape(module)}\.", "", text)
            else:
                self._changes.need(home, f"import {module}")
        return self._changes.expression_in(home, text)


def _with(block: list[cst.BaseStatement], put: Mapping[str, cst.BaseExpression]) -> list[cst.BaseStatement]:
    found: list[cst.BaseStatement] = []
    for statement in block:
        fresh = rewrite(cloned(statement), Put(put))
        assert isinstance(fresh, cst.BaseStatement)
        folded = rewrite(fresh, Folds({}))
        assert isinstance(folded, cst.BaseStatement)
        found.append(folded)
    return found


def _is_sound(body: list[cst.BaseStatement]) -> bool:
    """Whether the statements are Python still: a text within an f-string may not be, before 3.12."""
    function = cst.FunctionDef(cst.Name("f"), cst.Parameters(), cst.IndentedBlock(body))
    try:
        ast.parse(cst.Module([function]).code)
    except SyntaxError:
        return False
    return True
