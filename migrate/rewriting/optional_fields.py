"""Defaults of fields that Dagster fills in: None where allowed, the environment at the time of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import libcst as cst

from migrate.reading.names import External
from migrate.rewriting.enum_fields import named_members
from migrate.rewriting.layout import call, lay
from migrate.rewriting.work import Work, expression

NONE = cst.Name("None")
SPACED = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
ENVIRONMENT = ("dagster.EnvVar", "dagster.EnvVar.int")


def with_defaults(work: Work, original: cst.CSTNode, updated: cst.ClassDef) -> cst.ClassDef:
    """The class whose fields have the defaults that Dagster gives them.

    `x: Optional[int]`, also when a `Field` only describes it, is None: Dagster's configuration leaves it out.
    `x: str = EnvVar("X")` is read when an object is made, not when the module is imported.

    Upstream: https://docs.pydantic.dev/latest/concepts/fields/
    """
    late = set(_from_environment(work, original))
    body = [_statement(work, part, late) for part in updated.body.body]
    return updated.with_changes(body=updated.body.with_changes(body=body))


def _from_environment(work: Work, original: cst.CSTNode) -> Iterator[str]:
    """Names of fields whose default is a variable of the environment."""
    body = original.body.body if isinstance(original, cst.ClassDef) else ()
    for part in body:
        for small in part.body if isinstance(part, cst.SimpleStatementLine) else ():
            if not isinstance(small, cst.AnnAssign) or not isinstance(small.target, cst.Name):
                continue
            if isinstance(small.value, cst.Call) and work.scopes.dagster(small.value.func) in ENVIRONMENT:
                yield small.target.value


def _statement(work: Work, part: cst.CSTNode, late: Set[str]) -> cst.CSTNode:
    if not isinstance(part, cst.SimpleStatementLine):
        return part
    return part.with_changes(body=[_field(work, small, late) for small in part.body])


def _field(work: Work, small: cst.BaseSmallStatement, late: Set[str]) -> cst.BaseSmallStatement:
    if not isinstance(small, cst.AnnAssign) or not isinstance(small.target, cst.Name):
        return small
    small = _with_default(work, small, small.target, late)
    return named_members(work, small)


def _with_default(work: Work, small: cst.AnnAssign, target: cst.Name, late: Set[str]) -> cst.AnnAssign:
    value = small.value
    if value is not None and target.value in late:
        made = call(work.need("pydantic", "Field"), f"default_factory=lambda: {work.text(value)}")
        before = len(f"{target.value}: {work.text(small.annotation.annotation)} = ")
        return small.with_changes(value=expression(lay(made, 4, before)))
    if target.value.startswith("_") or not _may_be_none(work, small.annotation.annotation):
        return small
    if value is None:
        return small.with_changes(value=NONE, equal=cst.AssignEqual())
    if not isinstance(value, cst.Call) or _path(work, value.func) != "pydantic.Field":
        return small
    return small.with_changes(value=value.with_changes(args=_arguments(value.args)))


def _arguments(given: Sequence[cst.Arg]) -> Sequence[cst.Arg]:
    """Those of `Field(…)`, None as the default where there is none."""
    first = given[0] if given else None
    if first is not None and first.star:
        return given
    if first is not None and first.keyword is None:
        return [first.with_changes(value=NONE), *given[1:]] if _dots(first) else given
    for number, one in enumerate(given):
        if one.star or (one.keyword and one.keyword.value in ("default", "default_factory")):
            said = [one.with_changes(value=NONE)] if _dots(one) else [one]
            return [*given[:number], *said, *given[number + 1 :]]
    if not given:
        comma: cst.Comma | cst.MaybeSentinel = cst.MaybeSentinel.DEFAULT
    else:
        comma = given[0].comma if len(given) > 1 else SPACED  # one a line where they were so
    tight = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    return [cst.Arg(NONE, keyword=cst.Name("default"), equal=tight, comma=comma), *given]


def _dots(one: cst.Arg) -> bool:
    return isinstance(one.value, cst.Ellipsis)


def _may_be_none(work: Work, node: cst.BaseExpression) -> bool:
    """`Optional[T]`, `Union[T, None]`, `T | None`: exactly one type beside None, as Dagster asks."""
    if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr):
        sides = (node.left, node.right)
        return sum(map(_is_none, sides)) == 1 and not any(_is_union(side) for side in sides)
    if not isinstance(node, cst.Subscript):
        return False
    path = _path(work, node.value)
    inside = [e.slice.value for e in node.slice if isinstance(e.slice, cst.Index)]
    if path == "typing.Annotated":
        return bool(inside) and _may_be_none(work, inside[0])
    if path == "typing.Optional":
        return True
    return path == "typing.Union" and len(inside) == 2 and sum(map(_is_none, inside)) == 1


def _is_none(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.Name) and node.value == "None"


def _is_union(node: cst.BaseExpression) -> bool:
    return isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.BitOr)


def _path(work: Work, node: cst.CSTNode) -> str:
    meaning = work.scopes.meaning(node)
    return meaning.path if isinstance(meaning, External) else ""
