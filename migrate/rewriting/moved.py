"""An expression that moves to another module: the names it speaks of are imported there."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import External, Internal
from migrate.reading.walking import rewrite
from migrate.rewriting.work import Work


def moved(work: Work, value: cst.BaseExpression, module: str) -> cst.BaseExpression:
    """A rewritten expression of `module`, spelled for the file at hand; its resources are made anew."""
    if module == work.file.module:
        return value
    done = rewrite(value, _Moved(work, module))
    return done if isinstance(done, cst.BaseExpression) else value


class _Moved(cst.CSTTransformer):
    def __init__(self, work: Work, module: str) -> None:
        super().__init__()
        self._work, self._module = work, module

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        """LibCST calls this on the way out."""
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        work, name = self._work, updated_node.value
        meaning = work.model.project.names.resolve(self._module, name)
        if isinstance(meaning, External) and not meaning.path.startswith("dagster"):
            module, _, last = meaning.path.rpartition(".")
            return cst.Name(work.need(module, last) if module else work.need(last))
        if not isinstance(meaning, Internal) or meaning.rest:
            return updated_node
        spelled = cst.parse_expression(work.own(meaning.module, meaning.name))
        made = {(r.module, r.function) for r in work.model.every_resource if r.node is None}
        return cst.Call(spelled) if (meaning.module, meaning.name) in made else spelled
