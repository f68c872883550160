"""`DbtCliResource` → `DbtProject`: dbt in this process, its parsed project held over many calls.

Given a `DbtProject`, the resource is that project, with the profile or target it names itself.
`DbtCliClientResource` and `dbt_cli_resource.configured({...})` are older spellings of it.
`.cli([...], context=context).stream()` and `.wait()` become `.cli([...])`. The path of a dbt executable
is not needed any more.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.rewriting.dbt_calls import is_dbt_project
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.work import Work
from migrate.rules import Rule

KEPT = ("project_dir", "profiles_dir", "target", "profile", "state_path")
READ = frozenset({*KEPT, "0", "**", "dbt_executable", "global_config_flags"})
ROOM = 60
"""Columns that the arguments may take on one line."""
PATHS = ("project_dir", "profiles_dir", "target_path", "state_path")


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
    if isinstance(original, cst.Call):
        project = _project(work, original, updated)
        if project is not None:
            return project
    return constructed(work, updated, KEPT)


def _project(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The `DbtProject` that it is given, with the profile or target that the resource names itself."""
    named = [a.keyword.value if a.keyword else "project_dir" for a in original.args]
    place = named.index("project_dir") if "project_dir" in named else -1
    if place < 0 or not is_dbt_project(work, original.args[place].value):
        return None
    own = [n for n in named if n in KEPT and n != "project_dir"]
    if not own:
        return updated.args[place].value
    kept = [a for a, name in zip(updated.args, named, strict=True) if name in own]
    changes = ", ".join(
        f'"{n}": {work.text(_argument(work, a).value)}' for n, a in zip(own, kept, strict=True)
    )
    project = work.text(updated.args[place].value)
    return cst.parse_expression(f"{project}.model_copy(update={{{changes}}})")


def constructed(work: Work, updated: cst.Call, kept: Sequence[str]) -> cst.Call:
    """The call with the arguments that are kept, all by name; on one line if there is room."""
    args = [_argument(work, a) for a in updated.args if a.keyword is None or a.keyword.value in kept]
    if sum(len(work.text(a).strip()) for a in args) > ROOM and args[0].comma == updated.args[0].comma:
        args[-1] = args[-1].with_changes(comma=updated.args[-1].comma)
        return updated.with_changes(args=args)
    last = len(args) - 1
    args = [a if i < last else a.with_changes(comma=cst.MaybeSentinel.DEFAULT) for i, a in enumerate(args)]
    return updated.with_changes(args=_flattened(args), whitespace_before_args=cst.SimpleWhitespace(""))


def _argument(work: Work, arg: cst.Arg) -> cst.Arg:
    if arg.star:  # the model takes paths as text, and leaves out what it does not know
        return arg
    name = arg.keyword.value if arg.keyword else "project_dir"
    value = arg.value
    if name in PATHS:
        value = _path(work, value)
    return arg.with_changes(
        keyword=cst.Name(name),
        value=value,
        equal=cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace("")),
    )


def _path(work: Work, value: cst.BaseExpression) -> cst.BaseExpression:
    if isinstance(value, cst.Call) and isinstance(value.func, cst.Name) and value.func.value == "str":
        return value.args[0].value
    if isinstance(value, cst.Name | cst.Attribute) or _is_path(value):
        return value
    work.need("pathlib", "Path")
    return cst.Call(cst.Name("Path"), [cst.Arg(value)])


def _is_path(value: cst.BaseExpression) -> bool:
    """Whether an expression is a path by its looks: `here / "dbt"`, `here.joinpath("dbt").resolve()`."""
    if isinstance(value, cst.BinaryOperation):
        return isinstance(value.operator, cst.Divide)
    return isinstance(value, cst.Call) and _last_name(value.func) in (
        "Path",
        "joinpath",
        "resolve",
        "absolute",
    )


def _last_name(node: cst.BaseExpression) -> str:
    """The last name of a call's function."""
    return node.attr.value if isinstance(node, cst.Attribute) else getattr(node, "value", "")


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
    ("dagster_dbt.DbtCliResource", "dagster_dbt.DbtCliClientResource"),
    "call",
    READ,
    statement=statement,
    expression=expression,
    stands_for=("prefect_support.dbt_project", "DbtProject"),
)
