"""Which names `from dagster import *` brings: a loop variable or a builtin is none of them."""

from __future__ import annotations

import builtins
import re

LOWER = frozenset(
    re.findall(
        r"\w+",
        """
    apply_freshness_policy asset asset_check asset_sensor build_asset_check_context build_asset_context
    build_asset_reconciliation_sensor build_column_schema_change_checks build_component_defs
    build_defs_for_component build_freshness_policy_sensor_context build_hook_context
    build_init_logger_context build_init_resource_context build_input_context
    build_last_update_freshness_checks build_metadata_bounds_checks build_multi_asset_sensor_context
    build_op_context build_output_context build_reconstructable_job build_resources
    build_run_status_sensor_context build_schedule_context build_schedule_from_partitioned_job
    build_sensor_context build_sensor_for_freshness_checks build_time_partition_freshness_checks
    check_dagster_type colored_console_logger component_instance config_from_files
    config_from_pkg_resources config_from_yaml_strings config_mapping configured custom_path_fs_io_manager
    daily_partitioned_config daily_schedule dagster_type_loader default_loggers define_asset_job
    definitions deserialize_value dynamic_partitioned_config evaluate_automation_conditions execute_job
    execute_pipeline executor failure_hook file_relative_path freshness_policy_sensor fs_io_manager
    get_dagster_logger graph graph_asset graph_multi_asset hourly_partitioned_config in_process_executor
    input_manager instance_for_test io_manager job json_console_logger lambda_solid
    link_code_references_to_git load_asset_checks_from_current_module load_asset_checks_from_modules
    load_asset_checks_from_package_module load_asset_checks_from_package_name
    load_assets_from_current_module load_assets_from_modules load_assets_from_package_module
    load_assets_from_package_name load_definitions_from_current_module load_definitions_from_module
    load_definitions_from_modules load_definitions_from_package_module load_definitions_from_package_name
    load_defs load_from_defs_folder local_file_manager logger make_email_on_run_failure_sensor
    make_python_type_usable_as_dagster_type make_values_resource map_asset_specs materialize
    materialize_to_memory mem_io_manager monthly_partitioned_config multi_asset multi_asset_check
    multi_asset_sensor multi_observable_source_asset multi_or_in_process_executor multiprocess_executor
    observable_source_asset op open_pipes_session partition_loading_context partitioned_config pipeline
    reconstructable repository resource root_input_manager run_failure_sensor run_status_sensor schedule
    sensor serialize_value solid static_partitioned_config success_hook template_var
    usable_as_dagster_type validate_run_config weekly_partitioned_config with_resources
    with_source_code_references
        """,
    )
)
"""Dagster's lower-case names, of 1.7 to the newest, and those before 1.0 that are told to go."""


def is_brought(star: str, name: str) -> bool:
    """Whether a star import of one of Dagster's modules binds a name."""
    if name[:1] == "_" or hasattr(builtins, name):
        return False
    if name.isupper():
        return name == "MAX_RUNTIME_SECONDS_TAG"
    return star != "dagster" or name[0].isupper() or name in LOWER
