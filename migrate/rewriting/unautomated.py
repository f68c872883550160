"""A translator's class without what says when its assets are made: Prefect asks flows and deployments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import libcst as cst

from migrate.reading.walking import look

METHODS = (
    *("get_automation_condition", "get_auto_materialize_policy", "get_freshness_policy"),
    *("get_partitions_def", "get_partition_mapping", "get_code_version"),
)
ARGUMENTS = (
    *("automation_condition", "auto_materialize_policy", "freshness_policy", "partitions_def"),
    *("code_version", "skippable", "is_virtual"),
)
CALLS = ("replace_attributes", "merge_attributes")


def unautomated(definition: cst.ClassDef) -> tuple[cst.ClassDef, list[str]]:
    """The class without such methods, arguments, and what only served them; and the names of what went."""
    gone = [_name(part) for part in definition.body.body if _name(part) in METHODS]
    kept = [part for part in definition.body.body if _name(part) not in METHODS]
    dropping = _Dropping()
    fresh: list[Any] = [part.visit(dropping) for part in kept]
    served = set(dropping.served)
    while True:
        trimming = _Trimming(served)
        trimmed: list[Any] = [part.visit(trimming) for part in fresh]
        served |= trimming.more
        used = {name for part in trimmed for name in _attributes(part)}
        after = [p for p in trimmed if _name(p) not in served or _name(p) in used or _name(p)[:1] != "_"]
        if len(after) == len(fresh) and not trimming.found:
            break
        fresh = after
    if not gone and not dropping.names:
        return definition, []
    if fresh and isinstance(fresh[0], cst.FunctionDef):
        fresh[0] = fresh[0].with_changes(leading_lines=())
    body = fresh or [cst.parse_statement("pass\n")]
    return definition.with_changes(body=definition.body.with_changes(body=body)), [*gone, *dropping.names]


def _name(part: cst.CSTNode) -> str:
    return part.name.value if isinstance(part, cst.FunctionDef) else ""


def _attributes(part: cst.CSTNode) -> Iterator[str]:
    visitor = _Names()
    look(part, visitor)
    yield from visitor.attributes


class _Names(cst.CSTVisitor):
    """Names that are read, and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[str] = []

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        self.attributes.append(node.attr.value)

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.names.append(node.value)


def _read(node: cst.CSTNode) -> set[str]:
    visitor = _Names()
    look(node, visitor)
    return {*visitor.names, *visitor.attributes}


class _Dropping(cst.CSTTransformer):
    """Takes the arguments out of calls; `served` are the names that their values read."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.served: set[str] = set()

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        """LibCST calls this on the way out."""
        func = updated_node.func
        if not isinstance(func, cst.Attribute) or func.attr.value not in CALLS:
            return updated_node
        kept = []
        for arg in updated_node.args:
            if arg.keyword and arg.keyword.value in ARGUMENTS:
                self.names.append(arg.keyword.value)
                self.served |= _read(arg.value)
            else:
                kept.append(arg)
        if len(kept) == len(updated_node.args):
            return updated_node
        last = updated_node.args[-1]
        after = last.whitespace_after_arg
        kept[-1:] = [arg.with_changes(comma=last.comma, whitespace_after_arg=after) for arg in kept[-1:]]
        return updated_node.with_changes(args=kept)


class _Trimming(cst.CSTTransformer):
    """Takes out assignments of names that served what is gone, and that nothing in the method reads."""

    def __init__(self, served: set[str]) -> None:
        super().__init__()
        self._served, self._methods = served, list[list[str]]()
        self.found, self.more = False, set[str]()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """LibCST calls this on the way in."""
        visitor = _Names()
        look(node.body, visitor)
        self._methods.append(visitor.names)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """LibCST calls this on the way out."""
        self._methods.pop()
        return updated_node

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine | cst.RemovalSentinel:
        """LibCST calls this on the way out."""
        small = updated_node.body[0]
        target = small.targets[0].target if isinstance(small, cst.Assign) else None
        if not self._methods or not isinstance(target, cst.Name) or target.value not in self._served:
            return updated_node
        if self._methods[-1].count(target.value) > 1:
            return updated_node
        assert isinstance(small, cst.Assign)
        self.found = True
        self.more |= _read(small.value)
        return cst.RemoveFromParent()
