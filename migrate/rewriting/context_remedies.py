"""What to do where Dagster's context is asked for something without an equal: a remedy an attribute."""

from __future__ import annotations

from collections.abc import Mapping

LEFT = "Take it from prefect.runtime, a parameter or a Prefect client, as the code needs."
"""For what is no public attribute of any context."""
LOGS = "Prefect keeps what the run's logger is told: log with get_run_logger()."
WRITE_OUT = "Write what you need of it out."
EVENTS = "Tasks hand over values, not events: leave the line out."
PARTED = "Work the upstream keys out in the task, with the partitions of the asset it reads."
UNVERSIONED = "Prefect has no data versions; keep it in the asset's metadata."
SERVER = "Ask Prefect's API with prefect.get_client(), or keep what you need in a Variable."
MAKE = "Call the function that makes the resource; it stands in the definitions' module."
CURSOR = "Keep what you need of it in the cursor, as JSON."
LOCATION = "A flow belongs to its deployment: take prefect.runtime.deployment.name."

STEP: Mapping[str, str] = {
    "asset_key": "The task makes no asset, or several: write the key out.",
    "asset_check_spec": "Write the name of the check and its asset out.",
    "asset_key_for_input": "Write the key of the input out.",
    "asset_key_for_output": "Write the key of the output out.",
    "asset_partition_key_for_input": PARTED,
    "asset_partition_key_range_for_input": PARTED,
    "asset_partition_keys_for_input": PARTED,
    "asset_partitions_def_for_input": "Import the variable that holds the input's partitions.",
    "asset_partitions_def_for_output": "Keep the definition in a variable of a module, and use that.",
    "asset_partitions_time_window_for_input": PARTED,
    "assets_def": "Write out what you need of it: its keys, metadata or partitions.",
    "check_specs": "Write the names of the checks out.",
    "consume_events": EVENTS,
    "describe_op": "prefect.runtime.task_run.name says which task runs: spell the message with it.",
    "file_manager": "Write the file where the code says: a path, or the bucket's own client.",
    "get": "The context is no global: hand it, or what is needed of it, to the function that asks.",
    "get_asset_provenance": "Prefect has no data versions; keep them in the asset's metadata.",
    "get_mapping_key": "Hand the key over as part of the value.",
    "get_op_execution_context": "Ask for what you need of it instead of the context.",
    "get_output_metadata": "Keep the metadata in a variable of the task.",
    "get_step_execution_context": "Ask for what you need of it instead of the context.",
    "get_tag": "Name one tag: prefect_support.run_facts.run_tags() has them all.",
    "has_assets_def": "Whether a task makes assets is known when it is written: write True or False.",
    "has_events": EVENTS,
    "has_partitions": "Whether a task has partitions is known when it is written: write True or False.",
    "has_tag": "Name one tag: prefect_support.run_facts.run_tags() has them all.",
    "instance": SERVER,
    "job_def": WRITE_OUT,
    "load_asset_value": "Make the asset an argument of the task, or load it with prefect_support.io.load.",
    "location_name": LOCATION,
    "log_event": "Name the event in the call: a materialization, an observation or a check's result.",
    "output_for_asset_key": "Write the name of the output out.",
    "partition_key_range": "Each run makes one partition; let a backfill flow go through them.",
    "asset_partition_key_range": "Each run makes one partition; let a backfill flow go through them.",
    "repository_def": WRITE_OUT,
    "requires_typed_event_stream": EVENTS,
    "selected_asset_check_keys": "All checks of a task are made in every run: write their names out.",
    "selected_asset_keys": "The task makes no assets: write out what it should go through.",
    "set_data_version": UNVERSIONED,
    "set_requires_typed_event_stream": EVENTS,
    "step_launcher": "Use a work pool, or a task runner.",
    "typed_event_stream_error_message": EVENTS,
}
"""Of an asset, an op or a check."""
RESOURCE: Mapping[str, str] = {
    "all_resource_defs": MAKE,
    "dagster_run": "Take prefect.runtime.flow_run, which says what run this is.",
    "event_loop": "Run the coroutine with asyncio.run, or make the flow asynchronous.",
    "instance": SERVER,
    "log_manager": "The run's logger is prefect_support.validations.run_logger().",
    "replace_config": "Call the function once more, with other arguments.",
    "resource_config": "Name the fields: each is a parameter of the function.",
    "resource_def": WRITE_OUT,
    "resources": "Call the function that makes the other resource, one by one.",
    "run": "Take prefect.runtime.flow_run, which says what run this is.",
}
PARTITIONS = (
    *("get_partition_keys", "get_first_partition_key", "get_last_partition_key", "has_partition_key"),
    *("time_window_for_partition_key", "start_time_for_partition_key", "end_time_for_partition_key"),
)
STORAGE: Mapping[str, str] = {
    "add_input_metadata": "Log it: Prefect records facts of what a task makes, not of what it reads.",
    "asset_spec": "Hand what you need over as `metadata` of store() and load().",
    "config": "Make it a field of the storage class.",
    "consume_events": EVENTS,
    "consume_logged_metadata": "Keep the metadata in a variable.",
    "dagster_type": "Ask its typing_type alone, or decide by isinstance() of the value.",
    "get_logged_events": EVENTS,
    "get_logged_metadata": "Keep the metadata in a variable.",
    "get_observations": "Log them: Prefect records facts of what a task makes, not of what it reads.",
    "instance": SERVER,
    "log_event": "Use context.add_output_metadata, or the run's logger.",
    "resource_config": "Make what you need of it fields of the storage class.",
    "resources": "Give the storage class a field that holds the resource.",
    "run_config": "Take prefect.runtime.flow_run.parameters, which are not laid out as Dagster's run config.",
    "step_context": "Ask the context itself for the run, the step or the asset.",
    "asset_partitions_def": "Ask its keys and windows alone, or the variable that holds it.",
    "upstream_output": "What made a value is not known when it is read: keep it in the asset's metadata.",
    "has_input_name": "One context serves both ways: decide by has_asset_key.",
}
"""Of `handle_output` and `load_input`."""
HOOK: Mapping[str, str] = {
    "hook_def": "Take its name alone, or write it out.",
    "instance": SERVER,
    "op": "Take its name alone: task.name.",
    "op_output_metadata": "Let the task log or record what the hook should know.",
    "required_resource_keys": "Write the keys out.",
    "resources": "Ask for the resources one by one: context.resources.x.",
}
DECISION: Mapping[str, str] = {
    "all_partitions_materialized": "Ask Recorded().get_materialized_partitions for each asset.",
    "assets_defs_by_key": WRITE_OUT,
    "caching_dynamic_partitions_loader": "Use prefect_support.dynamic_partitions.DynamicPartitions.",
    "code_location_origin": LOCATION,
    "cursor_updated": CURSOR,
    "get_cursor_partition": CURSOR,
    "get_downstream_partition_keys": "Work the keys out with prefect_support.partition_maps.",
    "get_trailing_unconsumed_events": CURSOR,
    "has_captured_logs": LOGS,
    "instance": SERVER,
    "instance_ref": "PREFECT_API_URL says which server it is: hand that over.",
    "is_first_tick_since_sensor_start": CURSOR,
    "last_run_key": CURSOR,
    "last_sensor_start_time": CURSOR,
    "latest_materialization_records_by_partition": "Ask Recorded().fetch_materializations for each asset.",
    "latest_materialization_records_by_partition_and_asset": (
        "Ask Recorded().fetch_materializations for each asset and partition."
    ),
    "log_key": LOGS,
    "merge_resources": MAKE,
    "repository_def": WRITE_OUT,
    "repository_name": LOCATION,
    "resource_defs": MAKE,
    "resources": "Ask for the resources one by one: context.resources.x.",
    "update_cursor_after_evaluation": "Call update_cursor: it is kept if the poll ends without an error.",
}
"""Of a sensor or a schedule."""
ENDED: Mapping[str, str] = {
    "dagster_event": "Take its message, or the run: prefect.get_client().read_flow_run(run_id).",
    "failure_event": "Take its message, or the run: prefect.get_client().read_flow_run(run_id).",
    "for_run_failure": "Take the context as it is: it has the run's id, flow and message.",
    "get_step_failure_events": "Read the run's failed task runs with prefect.get_client().",
    "instance": SERVER,
    "merge_resources": MAKE,
    "pipeline_run": "Ask context.dagster_run, which has the run's status, tags and parameters.",
    "repository_def": WRITE_OUT,
    "resource_defs": MAKE,
    "resources": "Make it a parameter of the function with the resource's name.",
}
"""Of a sensor of runs that ended."""


OF_STEPS = ("op_config", "run_id", "job_name", "log", "step_key", "op_def", "asset_key", "partition_key")


def without_equal(path: str) -> str:
    """What a storage class asks, `a.b.c`, of which an `IOContext` has no equal; empty when it has one.

    The answer is a key of `STORAGE`.
    """
    first, *rest = path.split(".")
    if first == "upstream_output" and rest:
        inner = without_equal(".".join(rest))
        return "upstream_output" if inner or rest[0] == "step_context" else ""
    if first == "step_context" and rest:
        return "" if rest[0] in OF_STEPS else rest[0] if rest[0] in STORAGE else first
    if first == "resources" and rest:
        return ""
    if first == "dagster_type":
        return "" if not rest or rest[0] in ("typing_type", "is_nothing", "display_name") else first
    if first == "asset_partitions_def":
        return "" if not rest or rest[0] in PARTITIONS else first
    return first if first in STORAGE and first != "upstream_output" else ""


def remedy(table: Mapping[str, str], name: str) -> str:
    """What to do about an attribute, of a context of which these remedies are known."""
    return table.get(name, LEFT)
