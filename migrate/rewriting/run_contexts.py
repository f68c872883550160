"""What a step asks of its run, its own keys and its selection through the context."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.units import Unit
from migrate.rewriting.keys import key_in_a_factory
from migrate.rewriting.layout import Group, lay, quoted
from migrate.rewriting.work import Frame, Work, expression

PARAMETERS = "asks the flow's parameters, which are not laid out as Dagster's run config is"
WHOLE = "all of its assets are made in every run: no part of them can be selected"
NAMES = ("op", "op_def", "node_handle", "op_handle")
RUNS = ("run", "dagster_run")


def simplified(parts: list[str]) -> list[str]:
    """The path without what only leads to another context of the same run."""
    return [
        parts[0],
        *(p for p in parts[1:] if p not in ("op_execution_context", "get_op_execution_context")),
    ]


def run_attribute(work: Work, frame: Frame, parts: list[str]) -> cst.BaseExpression | None:
    """The counterpart of `context.x` or `context.x.y`; None when it is about something else."""
    asked = ".".join(parts[1:])
    if asked in ("run.run_id", "dagster_run.run_id"):
        return _runtime(work, "flow_run", "id")
    if asked in ("job_name", "run.job_name", "dagster_run.job_name"):
        return _runtime(work, "flow_run", "flow_name")
    if asked in ("run_config", "run.run_config", "dagster_run.run_config"):
        frame.differences.append(PARAMETERS)
        return _runtime(work, "flow_run", "parameters")
    if asked in ("run_tags", "run.tags", "dagster_run.tags"):
        return expression(f"{work.need('prefect_support.run_facts', 'run_tags')}()")
    if len(parts) == 3 and parts[1] in NAMES and parts[2] == "name":
        return _runtime(work, "task_run", "task_name")
    if asked == "pdb":
        return cst.Name(work.need("pdb"))
    if asked in ("is_subset", "has_partition_key_range"):
        return cst.Name("False")
    return _keys(work, frame, asked) if frame.unit else None


def leads_on(parts: list[str]) -> bool:
    """Whether only what stands around `context.x` can say what becomes of it."""
    return len(parts) == 1 or (len(parts) == 2 and parts[1] in (*NAMES, *RUNS))


def _runtime(work: Work, module: str, name: str) -> cst.BaseExpression:
    return expression(f"{work.need('prefect.runtime', module)}.{name}")


def _keys(work: Work, frame: Frame, asked: str) -> cst.BaseExpression | None:
    unit = frame.unit
    assert unit
    if unit.construct.within:
        own = key_in_a_factory(work, unit.construct) if asked in ("asset_key", "selected_asset_keys") else ""
        if own:
            made = f"{work.need('prefect_support.io', 'AssetPath')}({own})"
            return expression(made if asked == "asset_key" else f"{{{made}}}")
    elif asked == "asset_key" and len(unit.keys) == 1:
        return expression(_path(work, unit.keys[0]))
    elif asked == "selected_asset_keys" and unit.keys:
        if len(unit.keys) > 1:
            frame.differences.append(WHOLE)
        items = tuple(_path(work, key) for key in unit.keys)
        return expression(lay(Group("{", items, "}"), 4, 20))
    if asked == "selected_output_names" and unit.outs:
        return expression(f"{{{', '.join(quoted(out.name) for out in unit.outs)}}}")
    return None


def _path(work: Work, key: str) -> str:
    parts = ", ".join(quoted(part) for part in key.split("/"))
    return f"{work.need('prefect_support.io', 'AssetPath')}([{parts}])"


def run_call(work: Work, frame: Frame, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """The counterpart of a method of the context; None when it is about something else."""
    parts = simplified(dotted(original.func).split("."))
    if len(parts) != 2 or parts[0] != frame.context:
        return None
    args = [work.text(arg.value) for arg in updated.args]
    if parts[1] in ("get_tag", "has_tag") and len(args) == 1:
        tags = f"{work.need('prefect_support.run_facts', 'run_tags')}()"
        return expression(f"{tags}.get({args[0]})" if parts[1] == "get_tag" else f"({args[0]} in {tags})")
    unit = frame.unit
    if unit is None or unit.construct.within:
        return None
    if parts[1] == "asset_key_for_output":
        key = _named(unit, original)
        return expression(_path(work, key)) if key else None
    if parts[1] == "asset_key_for_input" and len(original.args) == 1:
        name = original.args[0].value
        wanted = str(name.evaluated_value) if isinstance(name, cst.SimpleString) else ""
        key = next((i.key for i in unit.inputs if i.name == wanted), "")
        return expression(_path(work, key)) if key else None
    return None


METHODS = (
    *("get_tag", "has_tag", "asset_key_for_output", "asset_key_for_input", "log_event"),
    *("asset_partition_key_for_input", "asset_partition_keys_for_input"),
    *("asset_partition_key_range_for_input", "asset_partitions_time_window_for_input"),
    "asset_partitions_def_for_input",
)


def _named(unit: Unit, call: cst.Call) -> str:
    """The key of the output that a call names; the only one when it names none."""
    given = call.args[0].value if call.args else None
    if given is None:
        return unit.keys[0] if len(unit.keys) == 1 else ""
    name = str(given.evaluated_value) if isinstance(given, cst.SimpleString) else ""
    return next((out.key for out in unit.outs if out.name == name), "")
