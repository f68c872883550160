"""Helpers that go on taking a context, since they do more with it than ask for what a task has at hand.

A helper at the top of a module that only asks for the log, the run, the partition or a resource is handed
these instead; every other one keeps its parameter, and is handed the support module's `TaskContext`. So does
one that code hands on instead of calling it (`Thread(target=copy, args=(context,))`): whoever calls it
hands it what it always did.
"""

from __future__ import annotations

import libcst as cst

from migrate.reading.context_uses import context_parameter, handed_to
from migrate.reading.lazy_modules import LazyModules
from migrate.reading.names import NameIndex, dotted
from migrate.reading.walking import look

AT_HAND = frozenset({"log", "resources", "partition_key", "run_id", "job_name", "run_tags", "retry_number"})
"""What can be spelled in a helper without a context."""


def keeps(names: NameIndex, module: str, function: cst.FunctionDef) -> bool:
    """Whether a helper at the top of a module keeps its context; looked up once."""
    key = ("keeps", id(function))
    if key not in names.asked:
        names.asked[key] = False
        context = context_parameter(names, module, function)
        if context and function.name.value in _values(names):
            names.asked[key] = True  # who calls it, and with what, is not for reading to tell
        elif context:
            visitor = _Bare(names, module, context)
            look(function.body, visitor)
            names.asked[key] = visitor.bare
    return bool(names.asked[key])


def _values(names: NameIndex) -> set[str]:
    """What modules that mention Dagster speak of without calling it; looked up once."""
    if "values" not in names.asked:
        visitor, modules = _Values(), names.modules
        for module in modules.speaking if isinstance(modules, LazyModules) else modules:
            for statement in modules[module].body:
                look(statement, visitor)
        names.asked["values"] = visitor.found
    found: set[str] = names.asked["values"]
    return found


class _Values(cst.CSTVisitor):
    """Names that are handed on or kept: `Thread(target=copy)`, `{"copy": copy}`."""

    def __init__(self) -> None:
        super().__init__()
        self.found = set[str]()

    def visit_Name(self, node: cst.Name) -> None:
        self.found.add(node.value)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        self.found.add(node.attr.value)
        look(node.value, self)
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        if not isinstance(node.func, cst.Name):
            look(node.func.value if isinstance(node.func, cst.Attribute) else node.func, self)
        for arg in node.args:
            look(arg.value, self)
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        return False

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        return False

    def visit_AssignTarget(self, node: cst.AssignTarget) -> bool:
        return False

    def visit_Param(self, node: cst.Param) -> bool:
        if node.default is not None:
            look(node.default, self)
        return False

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        for part in (*node.decorators, node.params, node.body):
            look(part, self)
        return False


class _Bare(cst.CSTVisitor):
    """Whether a context is anything but asked for what is at hand, or handed to a helper that does so too."""

    def __init__(self, names: NameIndex, module: str, context: str) -> None:
        super().__init__()
        self._names, self._module, self._context = names, module, context
        self.bare = False

    def visit_Name(self, node: cst.Name) -> None:
        self.bare = self.bare or node.value == self._context

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        path = dotted(node).split(".")
        if path[0] != self._context:
            look(node.value, self)
        elif path[1] not in AT_HAND or (path[1] == "resources" and len(path) < 3):
            self.bare = True
        return False

    def visit_Arg(self, node: cst.Arg) -> bool:
        look(node.value, self)
        return False

    def visit_Param(self, node: cst.Param) -> bool:
        return False

    def visit_Call(self, node: cst.Call) -> bool:
        helper = handed_to(self._names, self._module, node, self._context)
        told = helper is not None and (
            helper[2] == context_parameter(self._names, helper[0], helper[1]) != ""
            and not keeps(self._names, helper[0], helper[1])
        )
        look(node.func, self)
        for arg in node.args:
            if not (told and isinstance(arg.value, cst.Name) and arg.value.value == self._context):
                look(arg, self)
        return False
