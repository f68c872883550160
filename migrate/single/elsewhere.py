"""Files beside the one file: what they imported from its modules they import from it."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted, imports_of
from migrate.single.meaning import Meanings
from migrate.single.members import Inner
from migrate.single.naming import Names


class Elsewhere(cst.CSTTransformer):
    """Rewrites `from module import name`; `left` are imports that need a person."""

    def __init__(self, meanings: Meanings, names: Names, module: str, package: bool, flows: str) -> None:
        super().__init__()
        self._meanings, self._names = meanings, names
        self._module, self._package, self._flows = module, package, flows
        self.left: list[str] = []

    def visit_Import(self, node: cst.Import) -> None:
        """LibCST calls this on the way in."""
        for alias in node.names:
            if dotted(alias.name) in self._meanings.members:
                self.left.append(dotted(alias.name))

    def leave_ImportFrom(self, original_node: cst.ImportFrom, updated_node: cst.ImportFrom) -> cst.ImportFrom:
        """LibCST calls this on the way out."""
        pairs = list(imports_of(original_node, self._module, self._package))
        if not any(
            t in self._meanings.members or t.rpartition(".")[0] in self._meanings.members for _, t in pairs
        ):
            return updated_node
        spelled = []
        for bound, target in pairs:
            module, _, name = target.rpartition(".")
            meaning = None if bound == "*" else self._meanings.at_top(module, name)
            if meaning is None or isinstance(meaning, Inner) or meaning not in self._names.final:
                self.left.append(target)
                return updated_node
            final = self._names.final[meaning]
            spelled.append(final if final == bound else f"{final} as {bound}")
        statement = cst.parse_statement(f"from {self._flows} import {', '.join(spelled)}\n")
        assert isinstance(statement, cst.SimpleStatementLine)
        fresh = statement.body[0]
        assert isinstance(fresh, cst.ImportFrom)
        return updated_node.with_changes(
            module=fresh.module, relative=(), names=fresh.names, lpar=None, rpar=None
        )
