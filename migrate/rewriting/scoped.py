"""Which Dagster name an expression is, at the place where it stands."""

from __future__ import annotations

from collections.abc import Mapping

import libcst as cst

from migrate.reading.local_names import local_names
from migrate.reading.names import External, Meaning, NameIndex, canonical, dotted


class Scopes:
    """The functions around a place, and the names they bind; starts at the top of a module."""

    def __init__(self, names: NameIndex, module: str, package: bool) -> None:
        self.names, self.module, self._package = names, module, package
        self._stack: list[Mapping[str, str | None]] = []
        self._at_top: dict[str, Meaning | None] = {}

    def enter(self, function: cst.FunctionDef) -> None:
        """Go into a function."""
        self._stack.append(local_names(function, self.module, self._package))

    def leave(self) -> None:
        """Go back out of it."""
        self._stack.pop()

    @property
    def inside(self) -> bool:
        """Whether the place is inside a function."""
        return bool(self._stack)

    def meaning(self, node: cst.CSTNode) -> Meaning | None:
        """What a (dotted) name leads to; None for local variables and unknown names."""
        path = dotted(node)
        if not path:
            return None
        if self._stack:
            first, _, rest = path.partition(".")
            for scope in reversed(self._stack):
                if first in scope:
                    target = scope[first]
                    if not target:
                        return None
                    return self.names.follow(canonical(f"{target}.{rest}" if rest else target))
        if path not in self._at_top:
            self._at_top[path] = self.names.resolve(self.module, path)
        return self._at_top[path]

    def dagster(self, node: cst.CSTNode) -> str:
        """The canonical Dagster name, or the empty string."""
        meaning = self.meaning(node)
        return meaning.path if isinstance(meaning, External) and meaning.is_dagster else ""


Inner = cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp | cst.Lambda


class InnerNames(cst.CSTVisitor):
    """`found`: `id` of each name within a comprehension or lambda that binds it there."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[int] = set()
        self._bound: list[set[str]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """LibCST calls this on the way in."""
        if isinstance(node, Inner):
            self._bound.append(_binds(node))
        elif isinstance(node, cst.Name) and any(node.value in names for names in self._bound):
            self.found.add(id(node))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """LibCST calls this on the way out."""
        if isinstance(original_node, Inner):
            self._bound.pop()


def _binds(node: Inner) -> set[str]:
    if isinstance(node, cst.Lambda):
        return {parameter.name.value for parameter in node.params.params}
    names, loop = set[str](), cst.ensure_type(node.for_in, cst.CompFor)
    part: cst.CompFor | None = loop
    while part is not None:
        names |= {n.value for n in _targets(part.target)}
        part = part.inner_for_in
    return names


def _targets(target: cst.BaseExpression) -> list[cst.Name]:
    if isinstance(target, cst.Name):
        return [target]
    elements = target.elements if isinstance(target, cst.Tuple | cst.List) else ()
    return [name for element in elements for name in _targets(element.value)]
