"""What a task or a sensor asks of partitions through its context."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.values import Called
from migrate.rewriting.references import partitions_variable
from migrate.rewriting.work import Frame, Work, expression

KEY = ("partition_key", "asset_partition_key_for_output")
WINDOW = (
    *("partition_time_window", "asset_partitions_time_window_for_output"),
    *("partition_time_window_for_output",),
)
KEYS = ("partition_keys", "asset_partition_keys_for_output")
INSTANCE = {
    "add_dynamic_partitions": "{0}({1}).add({2})",
    "delete_dynamic_partition": "{0}({1}).delete({2})",
    "get_dynamic_partitions": "{0}({1}).keys",
    "has_dynamic_partition": "{0}({1}).has({2})",
}
FOR_INPUT = ("asset_partition_key_for_input", "asset_partition_keys_for_input")
FOR_INPUT_REMEDY = "Work the upstream keys out in the task."
REMEDY = "Keep the definition in a variable at the top of a module."


def attribute(work: Work, frame: Frame, node: cst.CSTNode, name: str) -> cst.BaseExpression | None:
    """The counterpart of `context.partition_…`; None when it is about something else."""
    if name in KEY:
        return cst.Name("partition_key")
    if name in KEYS:
        return expression("[partition_key]")
    if name in WINDOW:
        own = _own(work, frame)
        if own:
            return expression(f"{own}.window(partition_key)")
        work.unsupported(node, f"context.{name} of partitions that no variable holds", REMEDY)
    return None


def expect(frame: Frame, node: cst.Call) -> None:
    """Note the places of the instance that a call about partitions makes unnecessary."""
    name = node.func.attr.value if isinstance(node.func, cst.Attribute) else ""
    if isinstance(node.func, cst.Attribute) and name in INSTANCE:
        frame.settled |= {id(node.func), id(node.func.value)}
    if name.startswith(("get_", "has_", "build_")):
        given = [a.value for a in node.args if a.keyword and a.keyword.value == "dynamic_partitions_store"]
        frame.settled |= {id(value) for value in given}


def call(work: Work, frame: Frame, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The counterpart of a call of such an attribute, or of the instance's dynamic partitions."""
    path = dotted(original.func)
    _, _, name = path.rpartition(".")
    if path == f"{frame.context}.{name}" and name in FOR_INPUT and frame.unit:
        return _for_input(work, frame, original, name)
    if path == f"{frame.context}.{name}" and name in (*KEY, *WINDOW, *KEYS) and frame.unit:
        return attribute(work, frame, original, name)
    if not path.endswith(f"instance.{name}") or name not in INSTANCE:
        return None
    made = work.need("prefect_support.dynamic_partitions", "DynamicPartitions")
    given = [work.text(arg.value) for arg in updated.args]
    return expression(INSTANCE[name].format(made, *given, ""))


def _for_input(work: Work, frame: Frame, node: cst.Call, name: str) -> cst.BaseExpression | None:
    """The upstream keys of an input, by its partition mapping."""
    from migrate.rewriting.partition_maps import upstream_keys

    assert frame.unit
    given = node.args[0].value if node.args else None
    wanted = str(given.evaluated_value) if isinstance(given, cst.SimpleString) else ""
    read = next((i for i in frame.unit.inputs if i.name == wanted), None)
    maker = work.model.made_by.get(read.key) if read else None
    if read is None or maker is None or maker.partitions is None:
        work.unsupported(node, f"context.{name} of an input without known partitions", FOR_INPUT_REMEDY)
        return None
    keys = upstream_keys(work, frame.unit, maker.partitions, read.mapping)
    if keys.problem or (keys.several and name == "asset_partition_key_for_input"):
        what = keys.problem or "several partitions"
        work.unsupported(node, f"context.{name} by {what}", FOR_INPUT_REMEDY)
        return None
    if name == "asset_partition_key_for_input":
        return expression(keys.text)
    return expression(f"list({keys.text})" if keys.several else f"[{keys.text}]")


def _own(work: Work, frame: Frame) -> str:
    partitions = frame.unit.partitions if frame.unit else None
    return partitions_variable(work, partitions) if isinstance(partitions, Called) else ""
