"""What code asks of Dagster's context, and where Prefect keeps it."""

from __future__ import annotations

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.signatures import parameters
from migrate.reading.units import Unit
from migrate.reading.values import flat
from migrate.rewriting import counted_runs, ended, partition_contexts, recorded_calls
from migrate.rewriting.aliases import asked_path
from migrate.rewriting.context_remedies import DECISION, ENDED, STEP, STORAGE, remedy, without_equal
from migrate.rewriting.counted_runs import COUNTED
from migrate.rewriting.hook_contexts import HOOKS, hook_attribute
from migrate.rewriting.init_contexts import RESOURCES, init_attribute, init_call, init_subscript
from migrate.rewriting.layout import Group, lay, listing, quoted
from migrate.rewriting.run_contexts import METHODS, leads_on, run_attribute, run_call, simplified
from migrate.rewriting.work import Frame, Work, expression

CONFIG = ("op_config", "solid_config")
TYPED = "Give the function a parameter `config` of a Config class, and convert again."
OF_MODELS = frozenset({"copy", "dict", "json", "schema", "validate", "construct", "fields"})
"""Names of a model's own: in one that may hold anything they are not what a run gave it."""
WATCHED = (
    *("latest_materialization_records_by_key", "materialization_records_for_key"),
    *("advance_cursor", "advance_all_cursors", "asset_keys"),
)
POLLS = ("sensor", "schedule", "asset_sensor", "multi_asset_sensor")
COMPLETED = ("last_completion_time", "last_tick_completion_time")


def first_context(work: Work, construct: Construct) -> str:
    """The context parameter of a decorated function that is no unit: a sensor or schedule."""
    found = parameters(work.model.project.names, construct, work.file.tree)
    return next((p.name for p in found if p.role == "context"), "")


def attribute(work: Work, frame: Frame, node: cst.Attribute) -> cst.BaseExpression | None:
    """The counterpart of `context.x`; None leaves it to what stands around it."""
    parts = simplified(asked_path(frame, node).split("."))
    if len(parts) == 1:
        return None
    instance = recorded_calls.handed_on(work, frame, node)
    if instance is not None:
        return instance
    if frame.construct and frame.construct.path in RESOURCES:
        return init_attribute(work, frame, node, parts)
    if frame.construct and frame.construct.path in HOOKS:
        return hook_attribute(work, frame, node, parts)
    if frame.construct and frame.construct.path == "dagster.input_manager":
        name = without_equal(".".join(parts[1:]))
        if name:
            work.unsupported(node, f"{'.'.join(parts)} of an input manager", remedy(STORAGE, name))
        return None
    if frame.construct and frame.unit is None:
        return _decision(work, frame, node, parts)
    if parts[1] == "resources":
        return cst.Name(parts[2]) if len(parts) == 3 else None
    run = run_attribute(work, frame, parts)
    if run is not None or len(parts) > 2 or leads_on(parts) or parts[1] in METHODS:
        return run
    if parts[1] in CONFIG and frame.unit and not configured(frame.unit):
        work.unsupported(node, f"context.{parts[1]} of a config schema that reading cannot tell", TYPED)
    simple = _simple(work, parts[1]) or partition_contexts.attribute(work, frame, node, parts[1])
    if simple is None and parts[1] not in ("add_output_metadata", "add_asset_metadata"):
        work.unsupported(node, f"context.{parts[1]}", remedy(STEP, parts[1]))
    return simple


def configured(unit: Unit) -> bool:
    """Whether a task has a parameter with its config."""
    return bool(unit.config_model) or any(p.role == "config" and p.name == "config" for p in unit.parameters)


def _simple(work: Work, name: str) -> cst.BaseExpression | None:
    if name == "log":
        return expression(f"{work.need('prefect', 'get_run_logger')}()")
    if name == "partition_key":
        return cst.Name("partition_key")
    if name == "has_partition_key":
        return expression("partition_key is not None")
    if name == "run_id":
        return expression(f"{work.need('prefect.runtime', 'flow_run')}.id")
    if name == "retry_number":
        return expression(f"({work.need('prefect.runtime', 'task_run')}.run_count - 1)")
    if name in ("op_config", "solid_config"):
        return expression("config.model_dump()")
    return None


def _handed(work: Work, frame: Frame, key: str) -> bool:
    """Whether a poll is handed a resource: one that it requires and the definitions have."""
    wanted = work.model.project.value(frame.construct, "required_resource_keys") if frame.construct else None
    return key in flat(wanted) and key in work.model.resources


def expect_attribute(frame: Frame, node: cst.Attribute) -> None:
    """Note, on the way in, what an attribute leads through: `context.resources` of one resource's name."""
    ended.expect(frame, node)
    path = asked_path(frame, node).split(".")
    polls = frame.construct is not None and frame.construct.kind in POLLS
    if polls and path[:2] == [frame.context, "resources"] and len(path) == 3:
        frame.settled.add(id(node.value))


def _decision(work: Work, frame: Frame, node: cst.Attribute, parts: list[str]) -> cst.BaseExpression | None:
    """In a sensor or schedule the context stays, and is a SensorContext."""
    if parts[1] == "sensor_name" and frame.construct:
        return expression(quoted(frame.construct.name))
    if parts[1] == "resources" and len(parts) == 3 and _handed(work, frame, parts[2]):
        return cst.Name(parts[2])
    if frame.construct and frame.construct.kind in ended.KINDS:
        field = ended.known(frame, node)
        if field is None and not ended.is_part(node):
            work.unsupported(node, dotted(node), remedy(ENDED, parts[1]))
        return field
    if parts[1] == "resources" and frame.construct:
        asked = flat(work.model.project.value(frame.construct, "required_resource_keys"))
        if len(parts) > 2 and parts[2] in asked:
            return cst.Name(parts[2]) if len(parts) == 3 else None
        work.unsupported(node, ".".join(parts[:3]), remedy(DECISION, "resources"))
    if len(parts) > 2 or parts[1] in ("cursor", "update_cursor", "log", *COMPLETED):
        return None
    if frame.construct and frame.construct.kind == "multi_asset_sensor" and parts[1] in WATCHED:
        return None
    if parts[1] == "scheduled_execution_time":
        assert frame.construct
        zone = work.model.project.value(frame.construct, "execution_timezone")
        if isinstance(zone, str) and zone != "UTC":
            work.need("zoneinfo", "ZoneInfo")
            return expression(f'{dotted(node)}.astimezone(ZoneInfo("{zone}"))')
        said = frame.construct.argument("execution_timezone")
        if said is not None and not isinstance(zone, str | None):
            return expression(
                f"{dotted(node)}.astimezone({work.need('zoneinfo', 'ZoneInfo')}({work.text(said)}))"
            )
        return None
    work.unsupported(node, f"context.{parts[1]}", remedy(DECISION, parts[1]))
    return None


def subscript(work: Work, frame: Frame, node: cst.Subscript) -> cst.BaseExpression | None:
    """`context.op_config["name"]` is `config.name`."""
    if frame.construct and frame.construct.path in RESOURCES:
        return init_subscript(frame, node)
    if dotted(node.value) not in (f"{frame.context}.op_config", f"{frame.context}.solid_config"):
        return None
    part = node.slice[0].slice
    if isinstance(part, cst.Index) and isinstance(part.value, cst.SimpleString):
        name = str(part.value.evaluated_value)
        if name.isidentifier() and name not in OF_MODELS and (frame.unit is None or configured(frame.unit)):
            return expression(f"config.{name}")
    return None


def expect(frame: Frame, node: cst.Call) -> None:
    """Note, on the way in, the places in a call that it makes unnecessary on the way out."""
    partition_contexts.expect(frame, node)
    counted_runs.expect(frame, node)
    recorded_calls.expect(frame, node)


def call(work: Work, frame: Frame, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """Methods of the context that have a counterpart."""
    path = asked_path(frame, original.func)
    if frame.construct and frame.construct.path in RESOURCES:
        return init_call(work, frame, original)
    partition = partition_contexts.call(work, frame, original, updated)
    if partition is not None:
        return partition
    if path == f"{frame.context}.log_event" and len(updated.args) == 1:
        return updated.args[0].value
    recorded = recorded_calls.call(work, frame, original, updated)
    if recorded is not None:
        return recorded
    if id(original) in frame.settled and path.rpartition(".")[2] in COUNTED:
        found = work.need("prefect_support.found_runs", "found_runs")
        return updated.with_changes(func=cst.Name(found))
    asked = run_call(work, frame, original, updated)
    if asked is not None:
        return asked
    if frame.unit and path.rpartition(".")[2] in METHODS and path.startswith(f"{frame.context}."):
        work.unsupported(original, f"{path} here", remedy(STEP, path.rpartition(".")[2]))
    if path in (f"{frame.context}.add_output_metadata", f"{frame.context}.add_asset_metadata"):
        return metadata_call(work, frame, path, updated)
    return None


def metadata_call(work: Work, frame: Frame, path: str, updated: cst.Call) -> cst.BaseExpression | None:
    """Metadata that the context is told: of an asset, or as an artifact where the step makes none."""
    unit = frame.unit
    given = {a.keyword.value if a.keyword else str(i): a.value for i, a in enumerate(updated.args)}
    metadata = given.get("metadata") or given.get("0")
    if unit is None or metadata is None:
        return None
    if not unit.keys:
        create = work.need("prefect.artifacts", "create_table_artifact")
        key = unit.name.replace("_", "-").lower()
        items = (listing([work.text(metadata)]), f'key="{key}"')
        return expression(lay(Group(f"{create}(", items, ")"), 0, 8))
    add = work.need("prefect.assets", "add_asset_metadata")
    named = given.get("output_name")
    name = str(named.evaluated_value) if isinstance(named, cst.SimpleString) else ""
    asset = given.get("asset_key")
    if asset is not None and path.endswith("add_asset_metadata"):
        of_asset = (work.text(asset), work.text(metadata))
        return expression(lay(Group(f"{add}(", of_asset, ")"), 0, 4))
    key = next((o.key for o in unit.outs if o.name == name), unit.keys[0])
    return expression(lay(Group(f"{add}(", (key_text(work, frame, key), work.text(metadata)), ")"), 0, 4))


def key_text(work: Work, frame: Frame, key: str) -> str:
    """How the key of the running task is spelled: a literal, or from the factory's arguments."""
    from migrate.rewriting.keys import own_key

    return own_key(work, frame, key)
