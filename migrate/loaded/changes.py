"""Changes of a project's source in memory: nodes replaced, imports added, every line kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.walking import rewritten_tree

if TYPE_CHECKING:
    from migrate.reading.constructs import Construct
    from migrate.reading.project import Project, PythonFile

Statements = Sequence[cst.BaseStatement]


class Changes:
    """Gathers what is to change; `told` says of a construct (`file`, name) what is written as loaded."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.told: dict[tuple[str, str], list[str]] = {}
        self._nodes: dict[str, dict[int, cst.CSTNode | Statements]] = {}
        self._imports: dict[str, dict[str, None]] = {}
        self._lines: dict[str, dict[int, int]] = {}
        self.refused: dict[tuple[str, str], str] = {}
        """Why a function (its file and name) could not be written out."""

    def dagster(self, construct: Construct) -> str:
        """What a file calls the module `dagster`; imports it where it does not."""
        return self.dagster_in(self.project.file_of(construct))

    def dagster_in(self, file: PythonFile) -> str:
        """What a file calls the module `dagster`; imports it where it does not."""
        imports = self.project.names.modules[file.module].imports
        for name, path in imports.items():
            if path == "dagster":
                return name
        self.need(file, "import dagster")
        return "dagster"

    def need(self, file: PythonFile, statement: str) -> None:
        """A file needs an import."""
        self._imports.setdefault(file.path, {})[statement] = None

    def expression(self, construct: Construct, source: str) -> cst.BaseExpression:
        """Source that names `dagster.…` as an expression of a construct's file."""
        return self.expression_in(self.project.file_of(construct), source)

    def expression_in(self, file: PythonFile, source: str) -> cst.BaseExpression:
        """Source that names `dagster.…` as an expression of a file."""
        for module in ("datetime", "dagster_dbt"):
            if f"{module}." in source:
                self.need(file, f"import {module}")
        node = cst.parse_expression(source)
        if "dagster." not in source:
            return node
        called = self.dagster_in(file)
        if called == "dagster":
            return node
        fresh = node.visit(_Called(called))
        assert isinstance(fresh, cst.BaseExpression)
        return fresh

    def replace(self, file: PythonFile, node: cst.CSTNode, fresh: cst.CSTNode | Statements) -> None:
        """A node becomes another one, or a statement several."""
        self._nodes.setdefault(file.path, {})[id(node)] = fresh

    def stand(self, file: PythonFile, node: cst.CSTNode, line: int) -> None:
        """A new node counts as standing on a line of the source."""
        self._lines.setdefault(file.path, {})[id(node)] = line
        for child in node.children:
            self.stand(file, child, line)

    def replaced(self, file: PythonFile, node: cst.CSTNode) -> Any:
        """What a node is to become so far; itself when nothing is said of it."""
        return self._nodes.get(file.path, {}).get(id(node), node)

    def forget(self) -> None:
        """Nothing is to change."""
        for kept in (self._nodes, self._imports, self._lines, self.told):
            kept.clear()

    def say(self, construct: Construct, what: str) -> None:
        """Something of a construct is written as it was loaded."""
        self.told.setdefault((construct.file, construct.name), []).append(what)

    def trees(self) -> dict[str, tuple[cst.Module, dict[int, int]]]:
        """The changed modules by path, each with the lines of its nodes."""
        found = {}
        for path in {*self._nodes, *self._imports}:
            file = self.project.python[path]
            lines = {**file.lines, **self._lines.get(path, {})}
            tree = rewritten_tree(file.tree, _Replacing(self._nodes.get(path, {}), lines))
            found[path] = (_with_imports(tree, list(self._imports.get(path, ()))), lines)
        return found


class _Called(cst.CSTTransformer):
    """`dagster.x` by the name that a file has for the module."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        value = updated_node.value
        if isinstance(value, cst.Name) and value.value == "dagster":
            return updated_node.with_changes(value=cst.Name(self._name))
        return updated_node


class _Replacing(cst.CSTTransformer):
    """Puts nodes in the place of others; what is built anew stands on the line of what it was."""

    def __init__(self, nodes: dict[int, cst.CSTNode | Statements], lines: dict[int, int]) -> None:
        super().__init__()
        self._nodes, self._lines = nodes, lines

    def _leave(self, original: cst.CSTNode, updated: cst.CSTNode) -> Any:
        fresh: Any = self._nodes.get(id(original), updated)
        line = self._lines.get(id(original), 0)
        if fresh is updated:
            if updated is not original and line:
                self._lines[id(updated)] = line
            return updated
        several = not isinstance(fresh, cst.CSTNode)
        for one in fresh if several else [fresh]:
            self._placed(one, line)
        return cst.FlattenSentinel(fresh) if several else fresh

    def _placed(self, node: cst.CSTNode, line: int) -> None:
        if line and id(node) not in self._lines:
            self._lines[id(node)] = line
        for child in node.children:
            self._placed(child, self._lines.get(id(node), line))

    leave_FunctionDef: Any = _leave
    leave_ClassDef: Any = _leave
    leave_Call: Any = _leave
    leave_Arg: Any = _leave
    leave_Assign: Any = _leave
    leave_AnnAssign: Any = _leave
    leave_SimpleStatementLine: Any = _leave
    leave_Decorator: Any = _leave
    leave_For: Any = _leave
    leave_ListComp: Any = _leave
    leave_Try: Any = _leave
    leave_If: Any = _leave
    leave_With: Any = _leave


def _with_imports(tree: cst.Module, statements: Sequence[str]) -> cst.Module:
    """A module with imports before its first statement that is neither its docstring nor of the future."""
    fresh = [cst.parse_statement(s) for s in statements]
    at = 0
    for one in tree.body:
        small = one.body[0] if isinstance(one, cst.SimpleStatementLine) else None
        text = isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)
        future = isinstance(small, cst.ImportFrom) and getattr(small.module, "value", "") == "__future__"
        if not (text or future):
            break
        at += 1
    return tree.with_changes(body=[*tree.body[:at], *fresh, *tree.body[at:]]) if fresh else tree
