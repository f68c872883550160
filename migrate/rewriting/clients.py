"""A library's resource whose work the vendor's own client does: a small class of the target stands for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.rewriting.classes import rebased
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule


def client_rule(
    name: str, module: str, class_name: str, fields: Sequence[str], difference: str, remedy: str
) -> Rule:
    """The rule of one library resource.

    Args:
        name: Dagster's name of the resource's class.
        module: the support module that holds the class in its place.
        class_name: that class; it takes `fields` by the same names.
        fields: the arguments that mean the same in both.
        difference: what the conversion record says of it.
        remedy: what to do about an argument that is none of `fields`.
    """

    def outcome_of(work: Work, node: cst.CSTNode) -> None:
        work.done_at(node, Adapted(difference))

    return Rule(
        (name,),
        "call",
        frozenset(fields),
        statement=_statement(outcome_of),
        expression=_expression(
            f"prefect_support.{module}", class_name, frozenset(fields), remedy, outcome_of
        ),
        class_=_class(f"prefect_support.{module}", class_name, difference),
        stands_for=(f"prefect_support.{module}", class_name),
    )


def _statement(
    outcome_of: Callable[[Work, cst.CSTNode], None],
) -> Callable[[Work, Construct, cst.SimpleStatementLine], Sequence[cst.BaseStatement]]:
    def statement(
        work: Work, construct: Construct, updated: cst.SimpleStatementLine
    ) -> Sequence[cst.BaseStatement]:
        outcome_of(work, construct.node)
        return factory_statement(work, updated) or [updated]

    return statement


def _expression(
    module: str,
    class_name: str,
    fields: frozenset[str],
    remedy: str,
    outcome_of: Callable[[Work, cst.CSTNode], None],
) -> Callable[[Work, str, cst.BaseExpression, cst.BaseExpression], cst.BaseExpression | None]:
    def expression(
        work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
    ) -> cst.BaseExpression | None:
        if isinstance(original, cst.Name | cst.Attribute):
            return cst.Name(work.need(module, class_name))
        if isinstance(original, cst.Call):
            outcome_of(work, original)
            for arg in original.args:
                name = arg.keyword.value if arg.keyword else ""
                if name not in fields:
                    work.unsupported(original, f"{name or 'an argument'} of {path}", remedy)
        return None

    return expression


def _class(
    module: str, class_name: str, difference: str
) -> Callable[[Work, Construct, cst.ClassDef], Sequence[cst.BaseStatement]]:
    def class_(work: Work, construct: Construct, updated: cst.ClassDef) -> Sequence[cst.BaseStatement]:
        work.done(construct, Adapted(difference))
        return [rebased(work, updated, (work.need(module, class_name),))]

    return class_
