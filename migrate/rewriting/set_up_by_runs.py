"""The resources that a deciding function sets up by the run config it answers with."""

from __future__ import annotations

import libcst as cst

from migrate.reading.walking import look
from migrate.rewriting.launched import is_launched
from migrate.rewriting.work import Work


def set_up_by(work: Work, function: cst.FunctionDef) -> list[str]:
    """Keys of resources that flows make themselves, and the run config of this function would set up.

    What it calls of its own module is looked at too.
    """
    own = {s.name.value: s for s in work.file.tree.body if isinstance(s, cst.FunctionDef)}
    asked, waiting = _Asked(), [function]
    seen = {function.name.value}
    while waiting:
        look(waiting.pop(), asked)
        for name in sorted(asked.named & own.keys() - seen):
            seen.add(name)
            waiting.append(own[name])
    return [key for key in dict.fromkeys(asked.keys) if not _taken(work, key)]


def _taken(work: Work, key: str) -> bool:
    """Whether flows take the config of a resource as a parameter."""
    found = [r for r in work.model.every_resource if r.key == key]
    return bool(found) and all(is_launched(work, resource) for resource in found)


class _Asked(cst.CSTVisitor):
    """The keys below `"resources"` in dictionaries, and every name."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.named: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        self.named.add(node.value)

    def visit_DictElement(self, node: cst.DictElement) -> None:
        if isinstance(node.key, cst.SimpleString) and node.key.evaluated_value == "resources":
            self._resources(node.value)

    def visit_Arg(self, node: cst.Arg) -> None:
        if node.keyword and node.keyword.value == "resources":
            self._resources(node.value)

    def _resources(self, value: cst.BaseExpression) -> None:
        for element in value.elements if isinstance(value, cst.Dict) else ():
            key = element.key if isinstance(element, cst.DictElement) else None
            if isinstance(key, cst.SimpleString):
                self.keys.append(str(key.evaluated_value))
