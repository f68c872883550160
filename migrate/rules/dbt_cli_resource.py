"""`DbtCliResource` → `DbtProject`: dbt in this process, its parsed project held over many calls.

`.cli([...], context=context).stream()` and `.wait()` become `.cli([...])`. The path of a dbt executable
is not needed any more.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

KEPT = ("project_dir", "profiles_dir", "target")
READ = frozenset({*KEPT, "0", "dbt_executable", "profile", "global_config_flags"})


def statement(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The resource as a function that builds it."""
    unused = " (dbt_executable is not used)" if construct.argument("dbt_executable") else ""
    work.done(construct, Adapted(f"dbt runs in this process instead of in one of its own{unused}"))
    return factory_statement(work, updated) or [updated]


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The class, and the arguments it still takes."""
    if isinstance(original, cst.Name | cst.Attribute):
        return cst.Name(work.need("prefect_support.dbt_project", "DbtProject"))
    if not isinstance(updated, cst.Call):
        return None
    args = [_argument(work, a) for a in updated.args if a.keyword is None or a.keyword.value in KEPT]
    last = len(args) - 1
    args = [a if i < last else a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for i, a in enumerate(args)]
    return updated.with_changes(args=_flattened(args), whitespace_before_args=cst.SimpleWhitespace(""))


def _argument(work: Work, arg: cst.Arg) -> cst.Arg:
    name = arg.keyword.value if arg.keyword else "project_dir"
    value = arg.value
    if name != "target":
        value = _path(work, value)
    return arg.with_changes(
        keyword=cst.Name(name),
        value=value,
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )


def _path(work: Work, value: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "str":
        return value.args[0].value
    if isinstance(value, cst.Name | cst.Attribute):
        return value
    work.need("pathlib", "Path")
    return cst.Call(cst.Name("Path"), [cst.Arg(value)])


def _flattened(args: list[cst.Arg]) -> list[cst.Arg]:
    """The arguments on one line: there are few left."""
    return [
        a.with_changes(
            comma=cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            if i < len(args) - 1
            else cst.MaybeSentinel.DEFAULT,
            whitespace_after_arg=cst.SimpleWhitespace(""),
        )
        for i, a in enumerate(args)
    ]


RULE = Rule(
    ("dagster_dbt.DbtCliResource",),
    "call",
    READ,
    statement=statement,
    expression=expression,
    stands_for=("prefect_support.dbt_project", "DbtProject"),
)
