"""Running the few statements that factories of assets are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.data_files import Missing, Opened
from migrate.reading.growing import changed_by
from migrate.reading.names import dotted, imports_of
from migrate.reading.scope import Scope, Stop, bind
from migrate.reading.values import Called, Decorated, Unknown, undecided

if TYPE_CHECKING:
    from migrate.reading.evaluation import Evaluator

MISSING = frozenset({"Exception", "BaseException", "OSError", "IOError", "FileNotFoundError"})


class _Next(Exception):
    """`continue`."""


class _Enough(Exception):
    """`break`."""


class Body:
    """Runs the few statements that factories are made of."""

    def __init__(self, evaluator: Evaluator, module: str, local: dict[str, Any]) -> None:
        self._evaluator = evaluator
        self._module = module
        self.local = local

    def run(self, function: cst.FunctionDef) -> Any:
        """What the function returns for the given local values."""
        found, value = self._block(function.body.body)
        return value if found else None

    def _value(self, node: cst.CSTNode) -> Any:
        return self._evaluator.guarded(node, Scope(self._module, dict(self.local)))

    def _block(self, statements: Sequence[cst.CSTNode]) -> tuple[bool, Any]:
        for statement in statements:
            found, value = self.statement(statement)
            if found:
                return True, value
        return False, None

    def statement(self, statement: cst.CSTNode) -> tuple[bool, Any]:
        """Run one statement: whether it returns, and what."""
        if isinstance(statement, cst.SimpleStatementLine):
            return self._small(statement.body)
        if isinstance(statement, cst.SimpleStatementSuite):
            return self._small(statement.body)
        if isinstance(statement, cst.FunctionDef):
            place = self._evaluator.project.place_of(statement)
            self.local[statement.name.value] = (
                Decorated(place, dict(self.local)) if place else Unknown("a function made in a function")
            )
        elif isinstance(statement, cst.If):
            return self._if(statement)
        elif isinstance(statement, cst.For):
            return self._for(statement)
        elif isinstance(statement, cst.With):
            return self._with(statement)
        elif isinstance(statement, cst.Try):
            return self._try(statement)
        elif isinstance(statement, cst.ClassDef):
            self.local[statement.name.value] = Unknown("a class made in a function")
        else:
            raise Stop(f"a {type(statement).__name__} statement in a function that is called while loading")
        return False, None

    def _if(self, statement: cst.If) -> tuple[bool, Any]:
        test = self._value(statement.test)
        if undecided(test):
            raise Stop("a condition is unknown")
        if test:
            return self._block(statement.body.body)
        if isinstance(statement.orelse, cst.If):
            return self._if(statement.orelse)
        return self._block(statement.orelse.body.body) if statement.orelse else (False, None)

    def _for(self, statement: cst.For) -> tuple[bool, Any]:
        items = self._value(statement.iter)
        if not isinstance(items, list | tuple | range | dict | str | set):
            raise Stop("the items of a loop are unknown")
        for item in items:
            self.local.update(bind(statement.target, item))
            try:
                found, value = self._block(statement.body.body)
            except _Next:
                continue
            except _Enough:
                return False, None
            if found:
                return True, value
        return self._block(statement.orelse.body.body) if statement.orelse else (False, None)

    def _with(self, statement: cst.With) -> tuple[bool, Any]:
        """Files of the project, opened to be read."""
        for item in statement.items:
            opened = self._value(item.item)
            if not isinstance(opened, Opened):
                raise Stop("a With statement in a function that is called while loading")
            self._evaluator.data.text(opened.path)
            if item.asname:
                self.local.update(bind(item.asname.name, opened))
        return self._block(statement.body.body)

    def _try(self, statement: cst.Try) -> tuple[bool, Any]:
        """What is tried; what is done instead when a file is not there."""
        try:
            done = self._block(statement.body.body)
            if not done[0] and statement.orelse:
                done = self._block(statement.orelse.body.body)
        except Missing:
            handler = next((h for h in statement.handlers if _catches(h)), None)
            if handler is None:
                raise
            done = self._block(handler.body.body)
        last = self._block(statement.finalbody.body.body) if statement.finalbody else (False, None)
        return last if last[0] else done

    def _small(self, statements: Sequence[cst.CSTNode]) -> tuple[bool, Any]:
        for small in statements:
            if isinstance(small, cst.Return):
                return True, self._value(small.value) if small.value else None
            if isinstance(small, cst.Assign):
                value = self._value(small.value)
                for target in small.targets:
                    self.local.update(bind(target.target, value))
                self._change(small)
            elif isinstance(small, cst.AnnAssign) and small.value:
                self.local.update(bind(small.target, self._value(small.value)))
            elif isinstance(small, cst.AugAssign):
                self._add(small)
            elif isinstance(small, cst.Expr | cst.Del):
                self._change(small)
            elif isinstance(small, cst.Import | cst.ImportFrom):
                self._import(small)
            elif isinstance(small, cst.Raise):
                raise Stop("the function raises")
            elif isinstance(small, cst.Continue | cst.Break):
                raise _Next if isinstance(small, cst.Continue) else _Enough
        return False, None

    def _import(self, small: cst.Import | cst.ImportFrom) -> None:
        package = self._evaluator.project.names.modules[self._module].package
        for name, target in imports_of(small, self._module, package):
            meaning = self._evaluator.project.names.follow(target)
            if name != "*" and meaning is not None:
                self.local[name] = self._evaluator.meant(meaning)

    def _add(self, small: cst.AugAssign) -> None:
        """`names += more`; in place of anything else the name is unknown."""
        name = dotted(small.target) or changed_by(small)
        before, more = self._value(small.target), self._value(small.value)
        joined = isinstance(small.operator, cst.AddAssign) and isinstance(small.target, cst.Name)
        if joined and isinstance(before, list) and isinstance(more, list | tuple):
            self.local[name] = [*before, *more]
        elif joined and isinstance(before, str | int) and isinstance(more, type(before)):
            self.local[name] = before + more
        elif name:
            self.local[name] = Unknown(f"{name} is built step by step")

    def _change(self, small: cst.BaseSmallStatement) -> None:
        """A list or dictionary changed in place; unknown where it cannot be told what becomes of it."""
        name = changed_by(small)
        if not name:
            return
        target = self._value(cst.Name(name))
        changed: Any = Unknown(f"{name} is built step by step")
        if isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
            changed = self._called(target, small.value, changed)
        elif isinstance(small, cst.Assign) and isinstance(target, dict) and len(small.targets) == 1:
            key = self._key(small.targets[0].target)
            changed = changed if isinstance(key, Unknown) else {**target, key: self._value(small.value)}
        self.local[name] = changed

    def _called(self, target: Any, call: cst.Call, otherwise: Unknown) -> Any:
        """What a list or dictionary is after a call of one of its methods."""
        method = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
        if len(call.args) != 1 or call.args[0].star or call.args[0].keyword:
            return otherwise
        value = self._value(call.args[0].value)
        if isinstance(target, list) and method == "append":
            return [*target, value]
        if isinstance(target, list) and method == "extend":
            loads = isinstance(value, Called) and value.name.startswith("dagster")
            more = [value] if loads else value
            return [*target, *more] if isinstance(more, list | tuple) else otherwise
        if isinstance(target, dict) and method == "update" and isinstance(value, dict):
            return {**target, **value}
        return otherwise

    def _key(self, target: cst.BaseExpression) -> Any:
        part = target.slice[0].slice if isinstance(target, cst.Subscript) and len(target.slice) == 1 else None
        key = self._value(part.value) if isinstance(part, cst.Index) else Unknown()
        return key if isinstance(key, str | int) else Unknown()


def _catches(handler: cst.ExceptHandler) -> bool:
    """Whether a handler is for a file that is not there."""
    kinds = handler.type.elements if isinstance(handler.type, cst.Tuple) else ()
    names = {dotted(kind.value) for kind in kinds} or {dotted(handler.type)}
    return handler.type is None or bool(names & MISSING)
