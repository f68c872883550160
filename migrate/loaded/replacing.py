"""What called for assets that are written out now: it names them instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.loaded.assets import Unwritable
from migrate.loaded.places import Standing, statements
from migrate.reading.factories.binding import spoken
from migrate.reading.factories.finding import Functions, Key, callers, calls_in, key_of
from migrate.reading.walking import rewrite

if TYPE_CHECKING:
    from migrate.loaded.answer import Answer
    from migrate.loaded.changes import Changes
    from migrate.reading.project import PythonFile

Named = Mapping[int, tuple["PythonFile", str]]
"""The number of a step → the module it is written in, and its name there."""


class Replacing:
    """Replaces calls of functions that made steps by the names of these steps."""

    def __init__(self, changes: Changes, answer: Answer, named: Named) -> None:
        self._changes, self._answer, self._named = changes, answer, named
        self._done: set[tuple[str, str]] = set()
        self._held = answer.content["names"]
        self._makers: Functions = {}
        self._left = list(named)

    def __call__(self, made: Iterable[tuple[Standing, list[cst.FunctionDef]]]) -> None:
        """Replace the calls of the functions, and put what is written out where the first of them stood."""
        made = list(made)
        for standing, _ in made:
            self._makers[standing.file.module, standing.node.name.value] = standing.node
        direct = set(self._makers)
        callers(self._changes.project, self._makers)
        concerned = [(f, s) for f, s in statements(self._changes.project) if self._calls(f, s)]
        for file, statement in concerned:
            self._statement(file, statement)
        for file, statement in concerned:
            self._rest(file, statement)
        gone = self._gone(concerned)
        for standing, functions in made:
            self._place(standing, functions, gone, concerned)
        for key in gone - direct:
            self._remove(key)
        self._imports(gone)

    def drop(self, makers: Functions, concerned: Sequence[tuple[PythonFile, cst.BaseStatement]]) -> None:
        """Take away functions of which nothing speaks but statements that have been replaced."""
        self._makers = makers
        gone = self._gone(concerned)
        for key in gone:
            self._remove(key)
        self._imports(gone)

    def _calls(self, file: PythonFile, statement: cst.BaseStatement) -> bool:
        if isinstance(statement, cst.FunctionDef | cst.ClassDef):
            return False
        return any(self._key(file, call.func) for call in calls_in(statement))

    def _key(self, file: PythonFile, func: cst.BaseExpression) -> Key | None:
        key = key_of(self._changes.project, file.module, func)
        return key if key in self._makers else None

    def _statement(self, file: PythonFile, statement: cst.BaseStatement) -> None:
        """Variables that hold steps are lists of their names."""
        held = self._held.get(file.module, {})
        bound = [n for n in _bound_or_spoken(statement) if "steps" in held.get(n, {})]
        names = [n for n in bound if set(held[n]["steps"]) & set(self._named)]
        if not names:
            return
        keep = []
        for name in names:
            numbers = held[name]["steps"]
            if (file.path, name) in self._done:
                continue
            self._done.add((file.path, name))
            value = self._value(file, held[name])
            assign = _assigned(file, name)
            self._left = [n for n in self._left if n not in numbers]
            fresh = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], value)])
            if assign is not None and assign is not statement:
                self._changes.replace(file, assign, [])
            keep.append(fresh)
        self._changes.replace(file, statement, keep)

    def _value(self, file: PythonFile, held: Mapping[str, Any]) -> cst.BaseExpression:
        """What a variable holds."""
        found = [self._name(file, number) for number in held["steps"]]
        if held.get("single"):
            return found[0]
        if "keys" in held:
            pairs = zip(held["keys"], found, strict=True)
            return cst.Dict([cst.DictElement(cst.parse_expression(k), v) for k, v in pairs])
        return cst.List([cst.Element(node) for node in found])

    def _name(self, file: PythonFile, number: int) -> cst.BaseExpression:
        """A step by its name in a file, imported where it stands in another one.

        Raises:
            Unwritable: it is no function at the top of a module.
        """
        if number in self._named:
            module, name = self._named[number][0].module, self._named[number][1]
        else:
            step = self._answer.steps[number]
            told = step["function"]
            if not told or "." in told["qualname"]:
                raise Unwritable(f"{step['step']} stands beside it, and has no name in a module")
            module, name = told["module"], told["name"]
        if module != file.module:
            self._changes.need(file, f"from {module} import {name}")
        return cst.Name(name)

    def _rest(self, file: PythonFile, statement: cst.BaseStatement) -> None:
        """Calls that stand within another expression, of which no variable holds the steps."""
        if self._changes.replaced(file, statement) is not statement:
            return
        names = [cst.Element(self._name(file, number)) for number in self._left]
        inner = _Calls(self, file, cst.List(names))
        fresh = rewrite(statement, inner)
        if inner.done and isinstance(fresh, cst.BaseStatement):
            self._left = []
            self._changes.replace(file, statement, fresh)

    def is_made(self, file: PythonFile, node: cst.CSTNode) -> bool:
        """Whether an expression is a call of a function that made steps, or goes over such calls."""
        if isinstance(node, cst.Call):
            return self._key(file, node.func) is not None
        return any(self._key(file, call.func) for call in calls_in(node))

    def _gone(self, concerned: Sequence[tuple[PythonFile, cst.BaseStatement]]) -> set[Key]:
        """The functions of which nothing speaks any more but each other and imports."""
        replaced = {id(s) for _, s in concerned}
        makers = {id(node) for node in self._makers.values()}
        gone = set(self._makers)
        for file, statement in statements(self._changes.project):
            if id(statement) in replaced or id(statement) in makers or _is_import(statement):
                continue
            for name in spoken(statement):
                key = key_of(self._changes.project, file.module, cst.Name(name))
                gone -= {key} if key is not None else set()
        return gone

    def _place(
        self,
        standing: Standing,
        functions: list[cst.FunctionDef],
        gone: set[Key],
        concerned: Sequence[tuple[PythonFile, cst.BaseStatement]],
    ) -> None:
        """What is written out stands before the first call in its module, else at the end of it."""
        key = (standing.file.module, standing.node.name.value)
        first = next((s for f, s in concerned if f is standing.file), None)
        if first is None:
            first = standing.file.tree.body[-1]
            assert isinstance(first, cst.BaseStatement)
            kept = [] if first is standing.node and key in gone else [first]
            self._changes.replace(standing.file, first, [*kept, *functions])
        else:
            fresh = self._changes.replaced(standing.file, first)
            after: list[cst.BaseStatement] = [fresh] if isinstance(fresh, cst.BaseStatement) else [*fresh]
            self._changes.replace(standing.file, first, [*functions, *after])
        if key in gone and first is not standing.node:
            self._remove(key)

    def _remove(self, key: Key) -> None:
        for file in self._changes.project.python.values():
            if file.module == key[0] and not file.shadowed:
                self._changes.replace(file, self._makers[key], [])

    def _imports(self, gone: set[Key]) -> None:
        """Take imports of the functions that are gone out of all modules."""
        for file, statement in statements(self._changes.project):
            if not _is_import(statement) or not isinstance(statement, cst.SimpleStatementLine):
                continue
            small = statement.body[0]
            if not isinstance(small, cst.ImportFrom) or isinstance(small.names, cst.ImportStar):
                continue
            left = [a for a in small.names if not self._is_gone(file, a, gone)]
            if len(left) == len(small.names):
                continue
            if not left:
                self._changes.replace(file, statement, [])
                continue
            left[-1] = left[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
            fresh = statement.with_changes(body=[small.with_changes(names=left)])
            self._changes.replace(file, statement, fresh)

    def _is_gone(self, file: PythonFile, alias: cst.ImportAlias, gone: set[Key]) -> bool:
        bound = alias.asname.name if alias.asname else alias.name
        return isinstance(bound, cst.Name) and key_of(self._changes.project, file.module, bound) in gone


class _Calls(cst.CSTTransformer):
    """The first expression that is made becomes the names, all others become empty."""

    def __init__(self, replacing: Replacing, file: PythonFile, names: cst.List) -> None:
        super().__init__()
        self._replacing, self._file, self._names, self.done = replacing, file, names, False

    def _visit(self, node: Any) -> bool:
        return not self._replacing.is_made(self._file, node)

    visit_Call: Any = _visit
    visit_ListComp: Any = _visit
    visit_GeneratorExp: Any = _visit

    def _leave(self, original: Any, updated: Any) -> Any:
        if not self._replacing.is_made(self._file, original):
            return updated
        fresh = cst.List([]) if self.done else self._names
        self.done = True
        return fresh

    leave_Call: Any = _leave
    leave_ListComp: Any = _leave
    leave_GeneratorExp: Any = _leave


def _is_import(statement: cst.BaseStatement) -> bool:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Import | cst.ImportFrom)


def _bound_or_spoken(statement: cst.BaseStatement) -> list[str]:
    """The names that a statement may bind or change."""
    if isinstance(statement, cst.SimpleStatementLine):
        small = statement.body[0]
        if isinstance(small, cst.Assign):
            return [t.target.value for t in small.targets if isinstance(t.target, cst.Name)]
        if isinstance(small, cst.AnnAssign | cst.AugAssign):
            return [small.target.value] if isinstance(small.target, cst.Name) else []
        if isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
            func = small.value.func
            inner = func.value if isinstance(func, cst.Attribute) else None
            return [inner.value] if isinstance(inner, cst.Name) else []
        return []
    return list(spoken(statement))


def _assigned(file: PythonFile, name: str) -> cst.BaseStatement | None:
    """The first statement at the top of a module that gives a name its value."""
    for statement in file.tree.body:
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        targets = [t.target for t in small.targets] if isinstance(small, cst.Assign) else []
        targets += [small.target] if isinstance(small, cst.AnnAssign) else []
        if any(isinstance(t, cst.Name) and t.value == name for t in targets):
            assert isinstance(statement, cst.SimpleStatementLine)
            return statement
    return None
