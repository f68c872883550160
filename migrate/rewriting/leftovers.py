"""What still speaks of Dagster after the rules: its function or statement raises instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import is_
from textwrap import indent

import libcst as cst

from migrate.reading.names import bound_by, dotted
from migrate.reading.walking import look
from migrate.rewriting.functions import has_docstring, raise_code
from migrate.rewriting.nameless import leading, nameless, refused_in, stub
from migrate.rewriting.scoped import Scopes
from migrate.rewriting.work import led, statements
from migrate.rules import remedy_for

Found = Callable[[str, str], None]
REMEDY = "Write by hand what Prefect has in its place."
STEPS = ("task", "materialize", "validation")
SCHEMAS = (
    *("Field", "String", "Int", "Float", "Bool", "Any", "Noneable", "Array", "Map", "Shape", "Permissive"),
    *("Selector", "Enum", "EnumValue", "StringSource", "IntSource", "BoolSource", "In", "Out", "Nothing"),
)
ASSETS = ("AssetSpec", "SourceAsset", "AssetDep", "AssetIn", "AssetOut")
DECLARED = frozenset(f"dagster.{name}" for name in (*ASSETS, *SCHEMAS))
"""Declarations: what they say is read where they are handed over, and a variable of them is left out."""


@dataclass(frozen=True)
class Refusing:
    """`found` is told the name of each refused definition and what it spoke of.

    `fresh` are names that the conversion imports: spelled like Dagster's, and no longer Dagster's;
    `unused` tells that nothing of the target reads a name; `line` is where a statement of the source stands.
    """

    scopes: Scopes
    fresh: frozenset[str]
    place: Callable[[str], str]
    found: Found
    unused: Callable[[str], bool] = lambda name: False
    line: Callable[[cst.CSTNode], int] = lambda node: 0

    def module(self, module: cst.Module) -> cst.Module:
        """The module without a trace of Dagster but its imports."""
        body: list[cst.BaseStatement] = []
        for statement in module.body:
            body += self._statement(statement, body)
        same = len(body) == len(module.body) and all(map(is_, body, module.body))
        return module if same else module.with_changes(body=body)

    def _statement(
        self, statement: cst.BaseStatement, before: Sequence[cst.BaseStatement]
    ) -> Sequence[cst.BaseStatement]:
        spoken = self._spoken(statement)
        if not spoken:
            return [statement]
        if isinstance(statement, cst.FunctionDef):
            return [self._function(statement, statement.name.value, spoken)]
        if isinstance(statement, cst.ClassDef):
            return [self._class(statement)]
        names = [name for name, _ in bound_by(statement)]
        if names and set(spoken) <= DECLARED and all(self.unused(name) for name in names):
            return []
        message = self._message(names[0] if names else "", spoken)
        if not names:
            line = self.line(statement)
            message = message.replace(": ", f":{line}: ", 1) if line else message
            return nameless(statement, message, lambda node: bool(self._spoken(node)))
        refused = refused_in(before)
        names = [name for name in names if name not in refused]  # the first reason is the cause of the others
        return led(statements("".join(stub(name, message) for name in names)), leading(statement))

    def _spoken(self, node: cst.CSTNode) -> list[str]:
        return mentions(node, self.scopes, self.fresh)

    def _message(self, name: str, spoken: Sequence[str]) -> str:
        self.found(name, ", ".join(spoken))
        return f"{self.place(name)}: {', '.join(spoken)} is not converted. {remedy_of(spoken)}"

    def _function(self, function: cst.FunctionDef, name: str, spoken: Sequence[str]) -> cst.FunctionDef:
        bare = function.with_changes(body=cst.IndentedBlock([]), decorators=())
        steps = [d for d in function.decorators if _is_step(d) and not self._spoken(d)]
        kept = refusing(function, self._message(name, spoken), keep=not self._spoken(bare))
        return kept.with_changes(decorators=steps)

    def _class(self, definition: cst.ClassDef) -> cst.ClassDef:
        name = definition.name.value
        body: list[cst.BaseStatement | cst.BaseSmallStatement] = []
        unmade: list[str] = []
        for part in definition.body.body:
            spoken = self._spoken(part)
            if spoken and isinstance(part, cst.FunctionDef):
                body.append(self._function(part, name, spoken))
            elif spoken:
                unmade += spoken
            else:
                body.append(part)
        bases = [b for b in definition.bases if not self._spoken(b)]
        decorators = [d for d in definition.decorators if not self._spoken(d)]
        if len(bases) != len(definition.bases) or len(decorators) != len(definition.decorators):
            unmade += self._spoken(definition.with_changes(body=cst.IndentedBlock([])))
            bases = []
        if unmade:
            message = self._message(name, list(dict.fromkeys(unmade)))
            body = [part for part in body if not _initialises(part) and not _passes(part)]
            body.insert(1 if has_docstring(body) else 0, _initialiser(message))
        block = definition.body.with_changes(body=body)
        return definition.with_changes(body=block, bases=bases, decorators=decorators)


def remedy_of(spoken: Sequence[str]) -> str:
    """What to do about these names: what their rules say, each once."""
    told = dict.fromkeys(remedy for path in spoken if (remedy := remedy_for(path)))
    return " ".join(told) or REMEDY


def refusing(function: cst.FunctionDef, message: str, keep: bool) -> cst.FunctionDef:
    """The function with nothing but its docstring and an error; its parameters stay if they can."""
    body = list(function.body.body)
    kept = [body[0]] if has_docstring(body) else []
    raising = statements(raise_code(message))
    fresh = function.with_changes(body=cst.IndentedBlock([*kept, *raising]), decorators=())  # type: ignore[list-item]
    if keep:
        return fresh
    star = cst.parse_statement("def f(*_args: object, **_kwargs: object) -> object: ...\n")
    assert isinstance(star, cst.FunctionDef)
    return fresh.with_changes(params=star.params, returns=star.returns)


def _is_step(decorator: cst.Decorator) -> bool:
    """Whether it makes a task: one refused fails alone, a bare function would stop the run."""
    named = decorator.decorator
    return dotted(named.func if isinstance(named, cst.Call) else named).rpartition(".")[2] in STEPS


def _initialises(part: cst.CSTNode) -> bool:
    return isinstance(part, cst.FunctionDef) and part.name.value == "__init__"


def _passes(part: cst.CSTNode) -> bool:
    return isinstance(part, cst.SimpleStatementLine) and isinstance(part.body[0], cst.Pass)


def _initialiser(message: str) -> cst.BaseStatement:
    head = "def __init__(self, *_args: object, **_kwargs: object) -> None:"
    return statements(f"{head}\n{indent(raise_code(message), '    ')}")[0]


def mentions(node: cst.CSTNode, scopes: Scopes, fresh: frozenset[str] = frozenset()) -> list[str]:
    """Dagster's names that are read anywhere below a node; import statements and `fresh` left out."""
    visitor = _Mentions(scopes, fresh)
    look(node, visitor)
    return list(dict.fromkeys(visitor.found))


class _Mentions(cst.CSTVisitor):
    def __init__(self, scopes: Scopes, fresh: frozenset[str]) -> None:
        super().__init__()
        self._scopes, self._fresh = scopes, fresh
        self.found: list[str] = []

    def visit_Import(self, node: cst.Import) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """LibCST calls this on the way in."""
        self._scopes.enter(node)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        """LibCST calls this on the way out."""
        self._scopes.leave()

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """LibCST calls this on the way in."""
        if not dotted(node):
            look(node.value, self)
        else:
            self._note(node)
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        """LibCST calls this on the way in."""
        look(node.value, self)
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        """LibCST calls this on the way in; a class within one may be called as one of Dagster's."""
        for part in (*node.decorators, *node.bases, *node.keywords, node.body):
            look(part, self)
        return False

    def visit_Param(self, node: cst.Param) -> bool:
        """LibCST calls this on the way in."""
        for part in (node.annotation, node.default):
            if part:
                look(part, self)
        return False

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self._note(node)

    def _note(self, node: cst.CSTNode) -> None:
        path = self._scopes.dagster(node)
        if path and dotted(node).split(".")[0] not in self._fresh:
            self.found.append(path)
