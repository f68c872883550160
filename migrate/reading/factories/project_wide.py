"""All modules of a project, with what their calls and loops make written out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.factories.finding import MADE, Functions, Key, calls_in, factories, key_of
from migrate.reading.factories.spoken_paths import paths_spoken
from migrate.reading.factories.writing_out import Writer
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile


def write_out(project: Project, places: Collection[str] = ()) -> Iterator[PythonFile]:
    """The files in which something is written out, each with its new tree.

    `places` are those of constructs within functions that must be written out, whatever they are.

    Functions that nothing calls any more are noted in the project: the target does without them.
    """
    functions = factories(project, places)
    made = {id(c.node) for c in project.constructs.values() if c.kind in MADE or c.place in places}
    found: list[tuple[PythonFile, Writer, cst.Module]] = []
    for file in project.python.values():
        loops = frozenset(id(s) for s in file.tree.body if isinstance(s, cst.For) and _makes(s, made))
        if not file.shadowed and (loops or _concerned(project, file, functions)):
            writer = Writer(project, file, project.names.modules[file.module], functions, loops)
            tree = writer.module()
            found += [(file, writer, tree)] if tree is not file.tree else []
    for file, writer, tree in found:
        file.earlier, file.tree, file.lines = (*file.earlier, file.tree), tree, {**file.lines, **writer.lines}
        yield file
    used = dict.fromkeys(key for _, writer, _ in found for key in writer.used)
    for key in _uncalled(project, list(used)):
        project.written_out.add(id(functions[key]))


def _uncalled(project: Project, used: list[Key]) -> set[Key]:
    """Those of the functions that no code speaks of any more but each other."""
    gone = set(used)
    words = {name.rpartition(".")[2] for _, name in gone}
    gone -= {key for key in gone if key[1].rpartition(".")[2] in _said_elsewhere(project, words)}
    spoken: list[tuple[Key | None, Key]] = []
    for file in project.python.values() if gone else ():
        for speaker, node in _speakers(file):
            for path in paths_spoken(node, words):
                key = key_of(project, file.module, path)
                spoken += [(speaker, key)] if key in gone and key is not None else []
    while more := {key for speaker, key in spoken if key in gone and speaker not in gone}:
        gone -= more
    return gone


def _said_elsewhere(project: Project, words: set[str]) -> set[str]:
    """Those of some names that files speak of which do not mention Dagster, and stay as they are."""
    found: set[str] = set()
    for source in project.files if words else ():
        if source.path.endswith(".py") and source.path not in project.python and source.role == "copy":
            text = (project.root / source.path).read_bytes()
            found |= {word for word in words if word.encode() in text}
    return found


def _speakers(file: PythonFile) -> Iterator[tuple[Key | None, cst.CSTNode]]:
    """The statements of a module, those in functions with the function they stand in."""
    for statement in file.tree.body:
        if isinstance(statement, cst.ClassDef):
            for inner in statement.body.body:
                named = inner.name.value if isinstance(inner, cst.FunctionDef) else ""
                yield (file.module, f"{statement.name.value}.{named}") if named else None, inner
        elif isinstance(statement, cst.FunctionDef):
            yield (file.module, statement.name.value), statement
        else:
            yield None, statement


def _concerned(project: Project, file: PythonFile, functions: Functions) -> bool:
    calls = (
        c for s in file.tree.body if isinstance(s, cst.SimpleStatementLine | cst.For) for c in calls_in(s)
    )
    return bool(functions) and any(key_of(project, file.module, c.func) in functions for c in calls)


class _Makes(cst.CSTVisitor):
    def __init__(self, made: set[int]) -> None:
        super().__init__()
        self._made, self.found = made, False

    def visit_Call(self, node: cst.Call) -> None:
        self.found = self.found or id(node) in self._made

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self.found = self.found or id(node) in self._made


def _makes(loop: cst.For, made: set[int]) -> bool:
    visitor = _Makes(made)
    look(loop, visitor)
    return visitor.found
