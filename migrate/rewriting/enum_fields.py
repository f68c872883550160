"""Fields of a config that are members of an enumeration: Dagster's run configs give them by name."""

from __future__ import annotations

import libcst as cst

from migrate.reading.class_constants import ENUMS
from migrate.reading.names import External, dotted
from migrate.reading.walking import rewrite
from migrate.rewriting.work import Work, expression


def named_members(work: Work, small: cst.AnnAssign) -> cst.AnnAssign:
    """`colour: Colour` as `colour: Annotated[Colour, by_name(Colour)]`, within lists and unions too.

    An enumeration whose names are its values is left as it is.

    Upstream: https://docs.dagster.io/guides/operate/configuration/run-configuration
    """
    changed = rewrite(small.annotation.annotation, _Enumerations(work))
    assert isinstance(changed, cst.BaseExpression)
    return small.with_changes(annotation=small.annotation.with_changes(annotation=changed))


class _Enumerations(cst.CSTTransformer):
    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        return self._annotated(original_node, updated_node)

    def visit_Attribute(self, node: cst.Attribute) -> bool:
        """The names within a dotted one mean nothing by themselves."""
        return False

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        return self._annotated(original_node, updated_node)

    def _annotated(self, node: cst.Name | cst.Attribute, updated: cst.BaseExpression) -> cst.BaseExpression:
        if not _is_told_by_names(self._work, node):
            return updated
        annotated = self._work.need("typing", "Annotated")
        by_name = self._work.need("prefect_support.enum_members", "by_name")
        text = self._work.text(updated)
        return expression(f"{annotated}[{text}, {by_name}({text})]")


def _is_told_by_names(work: Work, node: cst.Name | cst.Attribute) -> bool:
    """Whether an annotation is an enumeration of the project with names that are not its values."""
    own = work.internal(node)
    names = work.model.project.names
    nodes = names.modules[own.module].nodes.get(own.name, []) if own and not own.rest else []
    if not own or not nodes or not isinstance(nodes[-1], cst.ClassDef):
        return False
    bases = [names.resolve(own.module, dotted(base.value)) for base in nodes[-1].bases if dotted(base.value)]
    if not any(isinstance(base, External) and base.path in ENUMS for base in bases):
        return False
    return not all(_name_is_value(line) for line in nodes[-1].body.body)


def _name_is_value(line: cst.CSTNode) -> bool:
    for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
        if isinstance(small, cst.Assign) and isinstance(small.targets[0].target, cst.Name):
            value = small.value.evaluated_value if isinstance(small.value, cst.SimpleString) else None
            if value != small.targets[0].target.value:
                return False
    return True
