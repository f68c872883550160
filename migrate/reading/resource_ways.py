"""The ways in which each resource may be made, where only the run tells: a dictionary for each environment.

`resources=by_environment[os.getenv("ENV", "dev")]`, `a if production else b`, `{**shared, …}`,
`shared | {…}`, and a variable that is bound in each branch of an `if`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.growing import changed_names
from migrate.reading.names import Internal, bound_by, dotted
from migrate.reading.scope import Scope
from migrate.reading.values import known

if TYPE_CHECKING:
    from migrate.reading.project import Project

DEPTH = 12


@dataclass(frozen=True)
class Way:
    """What makes a resource (`node`, in `module`) when `test` (in `asked`) holds; without one, otherwise."""

    node: cst.BaseExpression
    module: str
    test: cst.BaseExpression | None = None
    asked: str = ""


Ways = Mapping[str, tuple[Way, ...]]
"""Key of a resource → its ways, the first whose test holds counts."""


@dataclass(frozen=True)
class Variable:
    """A variable at the top of a module that holds nothing but resources by key."""

    module: str
    name: str


class Reader:
    """Follows an expression to its dictionaries; `passed` are the variables it went through."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.passed: dict[Variable, None] = {}

    def ways(self, node: cst.CSTNode | None, module: str, depth: int = 0) -> Ways | None:
        """The ways of each key; None when it is no such expression."""
        if depth > DEPTH:
            return None
        if isinstance(node, cst.Dict):
            return self._display(node, module, depth)
        if isinstance(node, cst.Name | cst.Attribute):
            return self._variable(node, module, depth)
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
            return _over(self.ways(node.left, module, depth + 1), self.ways(node.right, module, depth + 1))
        if isinstance(node, cst.IfExp):
            branches = [(node.test, node.body), (None, node.orelse)]
            return self._chosen([(t, b, module) for t, b in branches], module, depth)
        if isinstance(node, cst.Subscript | cst.Call):
            return self._looked_up(node, module, depth)
        return None

    def _display(self, node: cst.Dict, module: str, depth: int) -> Ways | None:
        found: Ways | None = {}
        for element in node.elements:
            if isinstance(element, cst.StarredDictElement):
                found = _over(found, self.ways(element.value, module, depth + 1))
            elif isinstance(element, cst.DictElement):
                key = self._project.evaluator.value(element.key, Scope(module, {}))
                if not isinstance(key, str):
                    return None
                found = _over(found, {key: (Way(element.value, module),)})
        return found

    def _variable(self, node: cst.BaseExpression, module: str, depth: int) -> Ways | None:
        meaning = self._project.names.resolve(module, dotted(node)) if dotted(node) else None
        if not isinstance(meaning, Internal) or meaning.rest:
            return None
        names = self._project.names.modules[meaning.module]
        bound = names.nodes[meaning.name]
        if not all(isinstance(b, cst.Assign | cst.AnnAssign) for b in bound) or self._changed(meaning):
            return None
        own = Variable(meaning.module, meaning.name)
        if len(bound) > 1:
            found = self._chosen(self._branches(own), own.module, depth)
        else:
            found = self.ways(getattr(bound[0], "value", None), meaning.module, depth + 1)
        if found is not None:
            self.passed[own] = None
        return found

    def _changed(self, meaning: Internal) -> bool:
        """Whether statements add to it: the dictionary it is bound to is not all there is."""
        return meaning.name in changed_names(self._project.names.modules[meaning.module].body)

    def _branches(self, variable: Variable) -> list[tuple[cst.BaseExpression | None, cst.CSTNode, str]]:
        """The tests and values of a variable that each branch of one `if` binds."""
        files = self._project.python.values()
        tree = next((f.tree for f in files if f.module == variable.module and not f.shadowed), None)
        for statement in tree.body if tree else ():
            found = list(_bindings(statement, variable.name)) if isinstance(statement, cst.If) else []
            if found:
                return [(test, value, variable.module) for test, value in found]
        return []

    def _chosen(
        self, branches: Iterable[tuple[cst.BaseExpression | None, cst.CSTNode, str]], asked: str, depth: int
    ) -> Ways | None:
        """The ways of several dictionaries, each with its test."""
        found: dict[str, tuple[Way, ...]] = {}
        for test, node, module in branches:
            ways = self.ways(node, module, depth + 1)
            if ways is None:
                return None
            for key, own in ways.items():
                found[key] = found.get(key, ()) + tuple(_when(test, asked, way) for way in own)
        return found or None

    def _looked_up(self, node: cst.Subscript | cst.Call, module: str, depth: int) -> Ways | None:
        """`table[which]` and `table.get(which, otherwise)`."""
        table, which, otherwise = _lookup(node)
        tables = self.ways(table, module, depth + 1) if which is not None else None
        if not tables or which is None or any(way.test for ways in tables.values() for way in ways):
            return None
        chosen = self._project.evaluator.value(which, Scope(module, {}))
        if known(chosen) and isinstance(chosen, str):
            ways = tables.get(chosen)
            return self.ways(ways[0].node, ways[0].module, depth + 1) if ways else None
        branches = [(_equals(which, key), way.node, way.module) for key, (way, *_) in tables.items()]
        last = [(None, otherwise, module)] if otherwise is not None else []
        return self._chosen([*branches, *last], module, depth)


def _lookup(
    node: cst.Subscript | cst.Call,
) -> tuple[cst.BaseExpression, cst.BaseExpression | None, cst.BaseExpression | None]:
    if isinstance(node, cst.Subscript):
        index = node.slice[0].slice if len(node.slice) == 1 else None
        return node.value, index.value if isinstance(index, cst.Index) else None, None
    given = [a.value for a in node.args if a.keyword is None and not a.star]
    if isinstance(node.func, cst.Attribute) and node.func.attr.value == "get" and given:
        return node.func.value, given[0], given[1] if len(given) > 1 else None
    return node, None, None


def _equals(which: cst.BaseExpression, key: str) -> cst.BaseExpression:
    literal = cst.SimpleString(f'"{key}"' if '"' not in key and "\\" not in key else repr(key))
    return cst.Comparison(which, [cst.ComparisonTarget(cst.Equal(), literal)])


def _when(test: cst.BaseExpression | None, asked: str, way: Way) -> Way:
    if test is None:
        return way
    if way.test is None:
        return replace(way, test=test, asked=asked)
    both = cst.BooleanOperation(test, cst.And(), way.test)
    return replace(way, test=both) if asked == way.asked else replace(way, test=None)


def _over(below: Ways | None, above: Ways | None) -> Ways | None:
    """The keys of both; what is above counts, and what is below where no test above holds."""
    if below is None or above is None:
        return None
    found = dict(below)
    for key, ways in above.items():
        found[key] = ways if ways[-1].test is None else ways + below.get(key, ())
    return found


def _bindings(statement: cst.If, name: str) -> Iterator[tuple[cst.BaseExpression | None, cst.BaseExpression]]:
    """What the branches of an `if` bind a name to, with their tests."""
    branch: cst.If | cst.Else | None = statement
    while branch is not None:
        for part in branch.body.body:
            for bound, node in bound_by(part):
                value = getattr(node, "value", None)
                if bound == name and isinstance(value, cst.BaseExpression):
                    yield branch.test if isinstance(branch, cst.If) else None, value
        branch = branch.orelse if isinstance(branch, cst.If) else None
