"""Configs that a partition decides: their partitions get a variable of the module, as those of a job have.

`@daily_partitioned_config(start_date=…)` makes a definition of partitions and a config at once. The target
has the definition in a variable, which the job's flow, its schedule and its backfill ask.
"""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from migrate.reading.hoisting import Lines, path_of
from migrate.reading.names import ModuleNames, collected, dotted

DEFINITIONS = {
    "static_partitioned_config": "StaticPartitionsDefinition",
    "hourly_partitioned_config": "HourlyPartitionsDefinition",
    "daily_partitioned_config": "DailyPartitionsDefinition",
    "weekly_partitioned_config": "WeeklyPartitionsDefinition",
    "monthly_partitioned_config": "MonthlyPartitionsDefinition",
}
"""The decorator, and what it makes of its arguments."""
TAGS = ("tags_for_partition_fn", "tags_for_partition_key_fn")
Body = list[cst.BaseStatement | cst.SimpleStatementLine]


def with_variables(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with such variables, and the line of each of its nodes; no lines when nothing changed.

    `lines` gives `id` of a node → its line, for the module as it is.
    """
    names = collected(tree, module, package)
    found = {id(s): call for s in tree.body if (call := _decorating(s, names)) is not None}
    if not found:
        return tree, {}
    known, taken, body = lines(), {*names.imports, *names.nodes}, Body()
    needed = set[str]()
    for statement in tree.body:
        if id(statement) not in found or not isinstance(statement, cst.FunctionDef):
            body.append(statement)
            continue
        name = f"{statement.name.value}_partitions"
        while name in taken:
            name += "_"
        taken.add(name)
        call = found[id(statement)]
        definition = DEFINITIONS[path_of(call.func, names).removeprefix("dagster.")]
        if isinstance(call.func, cst.Name) and definition not in names.imports:
            needed.add(definition)
        body += _apart(statement, call, definition, name, known)
    cut = next(place for place, statement in enumerate(body) if not _is_heading(statement))
    imports = [cst.parse_statement(f"from dagster import {name}") for name in sorted(needed)]
    return tree.with_changes(body=[*body[:cut], *imports, *body[cut:]]), known


def _decorating(statement: cst.CSTNode, names: ModuleNames) -> cst.Call | None:
    """The call of such a decorator, where all but the first of its arguments are told by name."""
    decorators = statement.decorators if isinstance(statement, cst.FunctionDef) else ()
    call = decorators[0].decorator if len(decorators) == 1 else None
    if not isinstance(call, cst.Call) or any(a.star or not a.keyword for a in call.args[1:]):
        return None
    short = path_of(call.func, names).removeprefix("dagster.")
    return call if short in DEFINITIONS and call.args and not call.args[0].star else None


def _apart(function: cst.FunctionDef, call: cst.Call, definition: str, name: str, known: Lines) -> Body:
    """The variable, and the function whose decorator names it."""
    of_tags = [a for a in call.args if a.keyword and a.keyword.value in TAGS]
    own = [a for a in call.args if a not in of_tags]
    own = [*own[:-1], own[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)]
    spelled = cst.Name(definition)
    func = call.func.with_changes(attr=spelled) if isinstance(call.func, cst.Attribute) else spelled
    made = call.with_changes(func=func, args=own)
    variable = cst.SimpleStatementLine(
        [cst.Assign([cst.AssignTarget(cst.Name(name))], made)], leading_lines=function.leading_lines
    )
    named = cst.Arg(cst.Name(name), keyword=cst.Name("partitions_def"))
    fresh = cst.Call(call.func, [named, *of_tags])
    decorator = function.decorators[0].with_changes(decorator=fresh)
    changed = function.with_changes(decorators=[decorator], leading_lines=[cst.EmptyLine(), cst.EmptyLine()])
    line = known.get(id(call), known.get(id(function), 1))
    for node in (*_within(variable), *_within(fresh)):
        known.setdefault(id(node), line)
    known[id(decorator)] = line
    known[id(changed)] = known.get(id(function), line)
    return [variable, changed]


def _within(node: cst.CSTNode) -> list[cst.CSTNode]:
    """A node and all below it."""
    found = [node]
    for one in found:
        found += one.children
    return found


def _is_heading(statement: cst.CSTNode) -> bool:
    """A docstring, or an import from `__future__`: nothing may stand before those."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if isinstance(small, cst.ImportFrom):
        return dotted(small.module) == "__future__"
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)
