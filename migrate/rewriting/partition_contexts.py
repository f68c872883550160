"""What a task or a sensor asks of partitions through its context."""

from __future__ import annotations

import libcst as cst

from migrate.reading.units import Unit
from migrate.reading.values import Called
from migrate.rewriting.aliases import asked_path
from migrate.rewriting.partition_maps import Upstream, upstream_keys
from migrate.rewriting.references import partitions_variable
from migrate.rewriting.work import Frame, Work, expression

KEY = ("partition_key", "asset_partition_key_for_output")
SEVERAL = "multi_partition_key"
WINDOW = (
    *("partition_time_window", "asset_partitions_time_window_for_output"),
    *("partition_time_window_for_output",),
)
KEYS = ("partition_keys", "asset_partition_keys_for_output")
RANGE = ("partition_key_range", "asset_partition_key_range", "asset_partition_key_range_for_output")
OWN = "asset_partitions_def_for_output"
INSTANCE = {
    "add_dynamic_partitions": "{0}({1}).add({2})",
    "delete_dynamic_partition": "{0}({1}).delete({2})",
    "get_dynamic_partitions": "{0}({1}).keys",
    "has_dynamic_partition": "{0}({1}).has({2})",
}
FOR_INPUT = (
    *("asset_partition_key_for_input", "asset_partition_keys_for_input"),
    *("asset_partition_key_range_for_input", "asset_partitions_time_window_for_input"),
    "asset_partitions_def_for_input",
)
FOR_INPUT_REMEDY = "Work the upstream keys out in the task."
NONE = "Dagster raises here too: give it partitions, or take the line out."
REMEDY = "Keep the definition in a variable at the top of a module."


def attribute(work: Work, frame: Frame, node: cst.CSTNode, name: str) -> cst.BaseExpression | None:
    """The counterpart of `context.partition_…`; None when it is about something else."""
    if name in KEY or (name == SEVERAL and frame.unit and several_dimensions(frame.unit)):
        return cst.Name("partition_key")
    if name in KEYS:
        return expression("[partition_key]")
    if name in RANGE:
        made = work.need("prefect_support.key_ranges", "KeyRange")
        return expression(f"{made}(partition_key, partition_key)")
    if name not in (*WINDOW, OWN, SEVERAL):
        return None
    if name == SEVERAL:
        work.unsupported(node, f"context.{name} of partitions of one dimension", NONE)
        return None
    own = _own(work, frame)
    if own:
        return expression(own if name == OWN else f"{own}.window(partition_key)")
    if frame.unit and frame.unit.partitions is None:
        work.unsupported(node, f"context.{name} of what has no partitions", NONE)
    else:
        work.unsupported(node, f"context.{name} of partitions that no variable holds", REMEDY)
    return None


def several_dimensions(unit: Unit) -> bool:
    """Whether the partitions of a unit have several dimensions: its keys know their parts."""
    return isinstance(unit.partitions, Called) and unit.partitions.short == "MultiPartitionsDefinition"


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
    path = asked_path(frame, original.func)
    _, _, name = path.rpartition(".")
    if path == f"{frame.context}.{name}" and name in FOR_INPUT and frame.unit:
        return _for_input(work, frame, original, name)
    if path == f"{frame.context}.{name}" and name in (*KEY, *WINDOW, *KEYS, *RANGE, OWN) and frame.unit:
        return attribute(work, frame, original, name)
    if not path.endswith(f"instance.{name}") or name not in INSTANCE:
        return None
    made = work.need("prefect_support.dynamic_partitions", "DynamicPartitions")
    given = [work.text(arg.value) for arg in updated.args]
    return expression(INSTANCE[name].format(made, *given, ""))


def _for_input(work: Work, frame: Frame, node: cst.Call, name: str) -> cst.BaseExpression | None:
    """The upstream keys of an input, by its partition mapping."""
    assert frame.unit
    given = node.args[0].value if node.args else None
    wanted = str(given.evaluated_value) if isinstance(given, cst.SimpleString) else ""
    read = next((i for i in frame.unit.inputs if i.name == wanted), None)
    maker = work.model.made_by.get(read.key) if read else None
    if read is None or maker is None or maker.partitions is None:
        work.unsupported(node, f"context.{name} of an input without known partitions", FOR_INPUT_REMEDY)
        return None
    keys = upstream_keys(work, frame.unit, maker.partitions, read.mapping)
    held = partitions_variable(work, maker.partitions) if isinstance(maker.partitions, Called) else ""
    problem = keys.problem or ("several partitions" if keys.several and name == FOR_INPUT[0] else "")
    if not held and name in FOR_INPUT[3:]:
        problem = problem or "partitions that no variable holds"
    if problem:
        work.unsupported(node, f"context.{name} by {problem}", FOR_INPUT_REMEDY)
        return None
    return expression(_spelled(work, name, keys, held))


def _spelled(work: Work, name: str, keys: Upstream, held: str) -> str:
    """What is asked of the upstream keys, as code; `held` is the variable of the upstream partitions."""
    if name == "asset_partition_key_for_input":
        return keys.text
    if name == "asset_partition_keys_for_input":
        return f"list({keys.text})" if keys.several else f"[{keys.text}]"
    if name == "asset_partitions_def_for_input":
        return held
    if name == "asset_partition_key_range_for_input":
        made = work.need("prefect_support.key_ranges", "KeyRange")
        return f"{made}.of({keys.text})" if keys.several else f"{made}({keys.text}, {keys.text})"
    return f"{held}.windows({keys.text})" if keys.several else f"{held}.window({keys.text})"


def _own(work: Work, frame: Frame) -> str:
    partitions = frame.unit.partitions if frame.unit else None
    return partitions_variable(work, partitions) if isinstance(partitions, Called) else ""
