"""Whether the function of an asset hands a value on, or only results that tell of what it made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import External, Internal, NameIndex, dotted
from migrate.reading.walking import look

if TYPE_CHECKING:
    from migrate.model import Model

PASSING = ("dagster.AssetMaterialization", "dagster.AssetObservation", "dagster.ExpectationResult")
BARE = "dagster.MaterializeResult"
VALUED = "dagster.MaterializeResult with a value"


def carries_value(model: Model, construct: Construct) -> bool:
    """Whether the function's value is anybody's: not when it returns None or results without a value."""
    function = construct.node
    if not isinstance(function, cst.FunctionDef):
        return True
    if function.returns is None:
        return not only_results(model.project.names, construct.module, function)
    spelled = model.project.file_of(construct).tree.code_for_node(function.returns.annotation)
    if "MaterializeResult" in spelled:
        return results_with_values(model.project.names, construct.module, function)
    return spelled not in ("None", "'None'")


class _Handed(cst.CSTVisitor):
    """Dagster's names of what a function returns and yields; "" for everything else."""

    def __init__(self, names: NameIndex, module: str) -> None:
        super().__init__()
        self._names, self._module = names, module
        self.found: set[str] = set()
        self._variables: dict[str, str] = {}

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def _path(self, node: cst.CSTNode | None) -> str:
        if isinstance(node, cst.Name):
            return self._variables.get(node.value, "")
        path = dotted(node.func) if isinstance(node, cst.Call) else ""
        meaning = self._names.resolve(self._module, path) if path else None
        if isinstance(meaning, Internal) and meaning.module == self._module and not meaning.rest:
            return self._helped(meaning.name)
        made = meaning.path if isinstance(meaning, External) else ""
        valued = isinstance(node, cst.Call) and any(
            a.keyword and a.keyword.value == "value" for a in node.args
        )
        return VALUED if valued and made == BARE else made

    def _helped(self, name: str) -> str:
        """What a helper of the same module returns, if it is results of one kind."""
        node = self._names.modules[self._module].nodes[name][-1]
        if not isinstance(node, cst.FunctionDef) or node.decorators:
            return ""
        inner = _Handed(self._names, self._module)
        look(node.body, inner)
        return inner.found.pop() if inner.found in ({BARE}, {VALUED}) else ""

    def visit_Assign(self, node: cst.Assign) -> None:
        if isinstance(node.value, cst.Call):
            self._variables[dotted(node.targets[0].target)] = self._path(node.value)

    def visit_Return(self, node: cst.Return) -> None:
        if node.value is None:
            return
        items = node.value.elements if isinstance(node.value, cst.Tuple) else ()
        self.found |= {self._path(item.value) for item in items} or {self._path(node.value)}

    def visit_Yield(self, node: cst.Yield) -> None:
        self.found.add(self._path(node.value))


def only_results(names: NameIndex, module: str, function: cst.FunctionDef) -> bool:
    """Whether a function hands over results without a value, and nothing else."""
    carried = _handed_over(names, module, function) - {"dagster.AssetCheckResult", *PASSING}
    return carried == {BARE}


def results_with_values(names: NameIndex, module: str, function: cst.FunctionDef) -> bool:
    """Whether a function hands over `MaterializeResult(value=…)`."""
    return VALUED in _handed_over(names, module, function)


def _handed_over(names: NameIndex, module: str, function: cst.FunctionDef) -> set[str]:
    visitor = _Handed(names, module)
    look(function.body, visitor)
    return visitor.found
