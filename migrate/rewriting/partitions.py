"""Definitions of partitions, and what is asked of them: spelled with the support modules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import libcst as cst

from migrate.outcomes import Adapted
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.values import Called
from migrate.rewriting import told_partitions
from migrate.rewriting.layout import Group, Item, lay
from migrate.rewriting.references import camel
from migrate.rewriting.work import Work, expression, led, statements

FORGETFUL = Adapted("Prefect does not remember which partitions have been made")
KINDS = (
    *("StaticPartitionsDefinition", "DailyPartitionsDefinition", "HourlyPartitionsDefinition"),
    *("WeeklyPartitionsDefinition", "MonthlyPartitionsDefinition", "TimeWindowPartitionsDefinition"),
    *("MultiPartitionsDefinition", "DynamicPartitionsDefinition"),
)
ASKED: Mapping[str, str] = {
    "get_partition_keys": "{0}.keys",
    "get_first_partition_key": "{0}.keys[0]",
    "get_last_partition_key": "{0}.latest()",
    "has_partition_key": "{1} in {0}.keys",
    "time_window_for_partition_key": "{0}.window({1})",
    "start_time_for_partition_key": "{0}.window({1}).start",
    "end_time_for_partition_key": "{0}.window({1}).end",
    "get_partition_key_from_str": "{0}.check({1})",
    "get_partition_keys_in_time_window": "{0}.within(*{1})",
    "get_prev_partition_key": "{0}.before({1})",
    "get_tags_for_partition_key": '{{"dagster/partition": {1}}}',
}
"""Method of a partitions definition → its counterpart, of the object {0} and the first argument {1}."""


def aliased(
    work: Work, construct: Construct, updated: cst.SimpleStatementLine
) -> Sequence[cst.BaseStatement]:
    """The assignment, and an annotation of the same name in capitals for flow parameters."""
    small = updated.body[0]
    work.done(construct, FORGETFUL)
    if not isinstance(small, cst.Assign | cst.AnnAssign) or work.scopes.inside:
        return [updated]
    target = small.targets[0].target if isinstance(small, cst.Assign) else small.target
    name = dotted(target)
    assert small.value is not None
    if not name.isidentifier():
        return [updated]
    work.need("typing", "Annotated")
    code = f"{name} = {work.text(small.value)}\n{camel(name)} = Annotated[str, {name}]\n"
    return led(statements(code), updated.leading_lines)


def named_arguments(call: cst.Call, order: Sequence[str]) -> dict[str, cst.BaseExpression] | None:
    """The arguments of a call by name; None when a star hides some."""
    if any(arg.star for arg in call.args):
        return None
    return {a.keyword.value if a.keyword else order[i]: a.value for i, a in enumerate(call.args)}


def spelled(
    work: Work, function: str, given: Mapping[str, cst.BaseExpression], bare: Sequence[str] = ()
) -> cst.BaseExpression:
    """A call with the given arguments, those in `bare` without their names."""
    items: list[Item] = [work.text(given[name]) for name in bare if name in given]
    items += [f"{name}={work.text(value)}" for name, value in given.items() if name not in bare]
    return expression(lay(Group(f"{function}(", tuple(items), ")"), 0, 24))


def is_partitions(work: Work, node: cst.BaseExpression) -> bool:
    """Whether an expression is worth a definition of partitions."""
    return bool(_kind(work, node))


def _kind(work: Work, node: cst.BaseExpression) -> str:
    """Which of `KINDS` a name stands for, or nothing."""
    value = work.model.project.evaluator.value(node, Scope(work.file.module, {})) if dotted(node) else None
    told = isinstance(value, Called) and value.short in KINDS and value.name.startswith("dagster.")
    return value.short if told and isinstance(value, Called) else ""


def asked(work: Work, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The counterpart of a method of a partitions definition; None for any other call."""
    told = told_partitions.asked(work, original, updated)
    if told is not None:
        return told
    func = original.func
    if not isinstance(func, cst.Attribute) or not isinstance(updated.func, cst.Attribute):
        return None
    if func.attr.value not in (*ASKED, "build_add_request", "build_delete_request"):
        return None
    if func.attr.value == "get_tags_for_partition_key" and _kind(work, func.value) in ("", KINDS[6]):
        return None  # one tag a dimension
    held = dotted(func.value).endswith(".asset_partitions_def")
    known = held or is_partitions(work, func.value) or is_partitions(work, updated.func.value)
    if not known and not isinstance(told_partitions.told(work, func.value), Called):
        return None
    own = work.text(updated.func.value)
    first = work.text(updated.args[0].value) if updated.args else ""
    if func.attr.value.startswith("build_"):
        word = "AddPartitions" if "add" in func.attr.value else "DeletePartitions"
        return expression(f"{work.need('prefect_support.sensors', word)}({own}, {first})")
    if func.attr.value == "get_partition_keys":
        now = next((a for a in updated.args if a.keyword and a.keyword.value == "current_time"), None)
        return expression(f"{own}.keys_at({work.text(now.value)})" if now else f"{own}.keys")
    return expression(ASKED[func.attr.value].format(own, first))
