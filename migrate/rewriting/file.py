"""One file, converted: rules applied, leftovers refused, imports mended, laid out as a formatter would."""

from __future__ import annotations

import symtable
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.reading.lines import code_of
from migrate.reading.names import imports_of
from migrate.reading.project import PythonFile
from migrate.reading.walking import rewritten_tree
from migrate.rewriting.idle import without_idle
from migrate.rewriting.imports import mend, top
from migrate.rewriting.leftovers import Refusing, remedy_of
from migrate.rewriting.made_components import REMEDY as COMPONENT_REMEDY
from migrate.rewriting.made_components import RefusingComponents, reading
from migrate.rewriting.rewriter import Rewriter
from migrate.rewriting.unannotated import unannotated
from migrate.rewriting.undefined import REMEDY, RefusingUndefined, table_of, undefined, undefined_in
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Work


@dataclass(frozen=True)
class Written:
    """The converted source of one file; `empty` when nothing but a docstring and imports is left."""

    code: str
    empty: bool


def rewritten_module(work: Work) -> Written:
    """The converted source of one file.

    Raises:
        SyntaxError, ParserSyntaxError: what came out does not parse.
        LookupError: it reads a name that nothing binds.
    """
    tree = work.file.tree
    before = used_names(work.file.earlier[0] if work.file.earlier else tree)
    ruled = without_idle(tree, rewritten_tree(tree, Rewriter(work)))
    fresh = _mended(work, before, _without_components(work, _without_leftovers(work, ruled)))
    code, undefined_now = _checked(fresh)
    lost = undefined_now - undefined_in(code_of(tree)) if undefined_now else undefined_now
    if lost:
        fresh = _mended(work, before, _without_undefined(work, fresh, lost))
        code, undefined_now = _checked(fresh)
        still = undefined_now & lost
        if still:
            raise LookupError(f"nothing is called {', '.join(sorted(still))} any more")
    return Written(code, all(_says_nothing(statement) for statement in fresh.body))


def _checked(fresh: cst.Module) -> tuple[str, frozenset[str]]:
    """The source of a module as it is written, and the names in it that nothing binds."""
    code = code_of(_settled(fresh))
    table = table_of(code)
    if table is None:
        refuse_broken(code)
    return code, undefined(table, code) if table else frozenset()


def _says_nothing(statement: cst.CSTNode) -> bool:
    """Whether a statement is nothing but imports, texts and `pass`."""
    return isinstance(statement, cst.SimpleStatementLine) and all(
        isinstance(small, cst.Import | cst.ImportFrom | cst.Pass)
        or (isinstance(small, cst.Expr) and _is_text(small.value))
        for small in statement.body
    )


def _is_text(value: cst.CSTNode) -> bool:
    if isinstance(value, cst.ConcatenatedString):
        return _is_text(value.left) and _is_text(value.right)
    return isinstance(value, cst.SimpleString) and "b" not in value.prefix


def _mended(work: Work, before: Mapping[str, int], fresh: cst.Module) -> cst.Module:
    names = work.model.project.names
    return mend(
        fresh,
        before,
        _not_there(work, fresh),
        names.is_dagster,
        lambda path: path in names.modules or path.split(".")[0] in names.modules,
    )


def _not_there(work: Work, fresh: cst.Module) -> set[tuple[str, str]]:
    """The imports that are needed, without those the file has already in another spelling.

    What is imported below the first function counts only of the project: there a circle may be avoided.
    """
    modules, first = work.model.project.names.modules, top(fresh.body)
    there = {
        found
        for place, statement in enumerate(fresh.body)
        for small in (statement.body if isinstance(statement, cst.SimpleStatementLine) else ())
        if isinstance(small, cst.ImportFrom)
        for found in imports_of(small, work.file.module, work.file.package)
        if place < first or found[1].split(".")[0] in modules
    }
    return {(module, name) for module, name in work.needed if (name, f"{module}.{name}") not in there}


def _place(work: Work, name: str) -> str:
    """`file:line` of a definition of the source."""
    lines = {name: c.line for c in work.file.constructs for name in (c.name, *c.within)}
    nodes = work.model.project.names.modules[work.file.module].nodes.get(name, ())
    line = next((work.line(node) for node in nodes if work.line(node)), lines.get(name, 0))
    if not line and (definitions := _definitions(work, name)):
        line = definitions[0].line
    return f"{work.file.path}:{line}" if line else work.file.path


def _found(work: Work, name: str, spoken: str, what: str, remedy: str) -> None:
    """Write down that a definition raises now, because of what it spoke of."""
    hit = [c for c in work.file.constructs if name and name in (c.name, *c.within, *_functions_of(c))]
    hit = hit or _definitions(work, name)
    for construct in hit:
        work.done(construct, Manual(f"{spoken} {what}", remedy))
    if not hit:
        line = _place(work, name).rpartition(":")[2]
        work.notes.append((int(line) if line.isdigit() else 0, f"{spoken}: {remedy}"))


def _definitions(work: Work, name: str) -> list[Construct]:
    """What holds a resource whose function the conversion wrote: the file's own definitions."""
    written = name and name not in work.model.project.names.modules[work.file.module].nodes
    kinds = ("Definitions", "repository", "definitions")
    return [c for c in work.file.constructs if written and c.kind in kinds]


def _functions_of(construct: Construct) -> tuple[str, ...]:
    """What a decorated function is called in the target: some are a flow and what it asks."""
    node = construct.node
    return (node.name.value, f"_{node.name.value}") if isinstance(node, cst.FunctionDef) else ()


def _without_leftovers(work: Work, fresh: cst.Module) -> cst.Module:
    def found(name: str, spoken: str) -> None:
        remedy = remedy_of(spoken.split(", "))
        _found(work, name, spoken, "is not converted", remedy)

    imported = frozenset(name.rpartition(" ")[2] for _, name in work.needed)
    fresh = unannotated(fresh, work.scopes, imported, lambda: work.need("typing", "Any"))
    read = used_names(fresh)
    imported_abroad = work.model.project.imported

    def unused(name: str) -> bool:
        return read.get(name, 0) < 2 and f"{work.file.module}.{name}" not in imported_abroad

    return Refusing(work.scopes, imported, partial(_place, work), found, unused, work.line).module(fresh)


def _without_components(work: Work, fresh: cst.Module) -> cst.Module:
    read = reading(work, fresh)
    if read is None:
        return fresh

    def found(name: str, spoken: str) -> None:
        _found(work, name, spoken, "is made of a component, which is not converted", COMPONENT_REMEDY)

    where = partial(_place, work)
    return RefusingComponents(work.scopes, frozenset(), where, found, line=work.line, read=read).module(fresh)


def _without_undefined(work: Work, fresh: cst.Module, lost: frozenset[str]) -> cst.Module:
    def found(name: str, spoken: str) -> None:
        _found(work, name, spoken, "is the name of nothing in the target", REMEDY)

    where = partial(_place, work)
    return RefusingUndefined(work.scopes, frozenset(), where, found, line=work.line, names=lost).module(fresh)


def _settled(module: cst.Module) -> cst.Module:
    """Two empty lines before and after definitions at the top, as a formatter leaves them."""
    body, after_definition = [], False
    for place, statement in enumerate(module.body):
        definition = isinstance(statement, cst.FunctionDef | cst.ClassDef)
        leading = list(statement.leading_lines)
        if place and (definition or after_definition):
            first = next((i for i, line in enumerate(leading) if line.comment), len(leading))
            empty = cst.EmptyLine(indent=False)
            leading = [empty, empty, *leading[first:]]
        elif first_blank(leading) > 2:
            leading = leading[first_blank(leading) - 2 :]
        body.append(statement.with_changes(leading_lines=leading))
        after_definition = definition
    return module.with_changes(body=body)


def first_blank(leading: Sequence[cst.EmptyLine]) -> int:
    """How many empty lines come first."""
    return next((i for i, line in enumerate(leading) if line.comment), len(leading))


def refused_file(file: PythonFile, message: str) -> str:
    """A module that raises when it is imported."""
    return f"raise NotImplementedError({f'{file.path}: {message}'!r})\n"


def encoded(file: PythonFile, code: str) -> bytes:
    """The bytes of converted source, with the encoding and line ends of the original."""
    newline = file.tree.default_newline
    if newline != "\n":
        code = code.replace("\r\n", "\n").replace("\n", newline)
    return code.encode(file.tree.encoding)


def refuse_broken(code: str) -> None:
    """Raise unless the code parses; syntax newer than this Python is LibCST's to judge."""
    try:
        symtable.symtable(code, "module", "exec")  # it parses, and makes no tree of Python objects
    except SyntaxError:
        cst.parse_module(code)
