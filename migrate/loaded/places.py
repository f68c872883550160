"""Where in a project's source a function begins, and what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile


@dataclass(frozen=True)
class Standing:
    """A function of a file; `around` are the functions it stands in, the outermost first.

    `top` when it is a statement of its module.
    """

    file: PythonFile
    node: cst.FunctionDef
    around: tuple[cst.FunctionDef, ...]
    top: bool


class _Functions(cst.CSTVisitor):
    def __init__(self, file: PythonFile) -> None:
        super().__init__()
        self._file, self._around = file, list[cst.FunctionDef]()
        self._top = {id(s) for s in file.tree.body}
        self.found: dict[int, Standing] = {}

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        first = node.decorators[0].decorator if node.decorators else node
        line = self._file.line(first) or self._file.line(node)
        self.found.setdefault(line, Standing(self._file, node, tuple(self._around), id(node) in self._top))
        self._around.append(node)

    def leave_FunctionDef(self, original_node: cst.FunctionDef) -> None:
        self._around.pop()


class Places:
    """The functions of a project by file and first line."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._files: dict[str, dict[int, Standing]] = {}

    def at(self, file: str, line: int, name: str) -> Standing | None:
        """The function that begins there and has that name."""
        python = self._project.python.get(file)
        if python is None:
            return None
        if file not in self._files:
            visitor = _Functions(python)
            look(python.tree, visitor)
            self._files[file] = visitor.found
        found = self._files[file].get(line)
        return found if found is not None and found.node.name.value == name else None


def statements(project: Project) -> Iterator[tuple[PythonFile, cst.BaseStatement]]:
    """Every statement at the top of a module."""
    for file in project.python.values():
        if not file.shadowed:
            for one in file.tree.body:
                if isinstance(one, cst.BaseStatement):
                    yield file, one
