"""Partitions that a decorator spells out, given a name at the top of the module where somebody asks for them.

A time window, a partition mapping and a schedule of partitions need the definition itself; a variable of the
module is the place where the target has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import libcst as cst

from migrate.reading.lines import code_of
from migrate.reading.names import ModuleNames, canonical, collected, dotted

ASKED = re.compile(
    r"partitions?_time_window|build_schedule_from_partitioned_job|PartitionMapping|partition_expr"
    r"|assets_def"
)
Lines = dict[int, int]


def hoisted(
    tree: cst.Module, module: str, package: bool, lines: Callable[[], Lines]
) -> tuple[cst.Module, Lines]:
    """The module with such variables, and the line of each of its nodes; no lines when nothing changed.

    `lines` gives `id` of a node → its line, for the module as it is.
    """
    names = collected(tree, module, package)
    if not any(_spelled_out(statement, names) for statement in tree.body) or not ASKED.search(code_of(tree)):
        return tree, {}
    known, made = lines(), dict[str, str]()
    taken = {*names.imports, *names.nodes}
    body: list[cst.BaseStatement | cst.SimpleStatementLine] = []
    for statement in tree.body:
        place = _spelled_out(statement, names)
        if place is None or not isinstance(statement, cst.FunctionDef):
            body.append(statement)
            continue
        argument = place[1].args[place[2]]
        text = tree.code_for_node(argument.value)
        if text not in made:
            made[text] = _free(f"{statement.name.value}_partitions", taken)
            body.append(_variable(statement, made[text], argument.value, known))
            statement_ = statement.with_changes(leading_lines=[cst.EmptyLine(), cst.EmptyLine()])
        else:
            statement_ = statement
        fresh = _naming(statement_, place, made[text], known)
        known[id(fresh)] = known.get(id(statement), 1)
        body.append(fresh)
    return tree.with_changes(body=body), known


Place = tuple[int, cst.Call, int]
"""The decorator's number, its call, and the number of the argument."""


def _spelled_out(statement: cst.CSTNode, names: ModuleNames) -> Place | None:
    """Where a decorator of a function at the top writes out its partitions."""
    for number, decorator in enumerate(
        statement.decorators if isinstance(statement, cst.FunctionDef) else ()
    ):
        call = decorator.decorator
        for place, argument in enumerate(call.args if isinstance(call, cst.Call) else ()):
            named = argument.keyword is not None and argument.keyword.value == "partitions_def"
            if named and isinstance(argument.value, cst.Call) and isinstance(call, cst.Call):
                path = path_of(argument.value.func, names)
                if path.startswith("dagster.") and path.endswith("PartitionsDefinition"):
                    return number, call, place
    return None


def path_of(node: cst.BaseExpression, names: ModuleNames) -> str:
    """Dagster's public name for what an expression of a module names; empty for what it did not import."""
    first, _, rest = dotted(node).partition(".")
    target = names.imports.get(first, "")
    return canonical(f"{target}.{rest}" if rest else target) if target else ""


def _free(wanted: str, taken: set[str]) -> str:
    name = wanted
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _variable(
    function: cst.FunctionDef, name: str, value: cst.BaseExpression, known: Lines
) -> cst.SimpleStatementLine:
    assign = cst.Assign([cst.AssignTarget(cst.Name(name))], value)
    made = cst.SimpleStatementLine([assign], leading_lines=function.leading_lines)
    line = known.get(id(value), known.get(id(function), 1))
    known.update({id(made): line, id(assign): line})
    return made


def _naming(function: cst.FunctionDef, place: Place, name: str, known: Lines) -> cst.FunctionDef:
    """The function with the variable in its decorator."""
    number, call, position = place
    decorator = function.decorators[number]
    argument = call.args[position].with_changes(value=cst.Name(name))
    fresh = call.with_changes(args=[*call.args[:position], argument, *call.args[position + 1 :]])
    changed = decorator.with_changes(decorator=fresh)
    for before, after in ((call, fresh), (decorator, changed), (call.args[position], argument)):
        known[id(after)] = known.get(id(before), 1)
    decorators = [*function.decorators[:number], changed, *function.decorators[number + 1 :]]
    return function.with_changes(decorators=decorators)
