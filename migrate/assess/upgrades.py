"""Names and arguments of Dagster that are outdated or gone, with what takes their place.

Upstream: https://docs.dagster.io/migration/upgrading
"""

from __future__ import annotations

NAMES = {
    "solid": "was removed in 1.0: @op",
    "pipeline": "was removed in 1.0: @job",
    "composite_solid": "was removed in 1.0: @graph",
    "ModeDefinition": "was removed in 1.0: resources of @job or Definitions",
    "PresetDefinition": "was removed in 1.0: config of a job",
    "InputDefinition": "was removed in 1.0: In",
    "OutputDefinition": "was removed in 1.0: Out",
    "DynamicOutputDefinition": "was removed in 1.0: DynamicOut",
    "AssetGroup": "was removed in 1.0: Definitions with a list of assets",
    "EventMetadataEntry": "was removed in 1.0: a dict of MetadataValue",
    "MetadataEntry": "was removed in 1.5: a dict of MetadataValue",
    "repository": "is superseded since 1.1: Definitions",
    "with_resources": "is superseded since 1.1: Definitions(resources=…)",
    "resource": "is superseded since 1.3: ConfigurableResource",
    "io_manager": "is superseded since 1.3: ConfigurableIOManager",
    "build_asset_reconciliation_sensor": "was removed in 1.9: AutomationCondition with an automation sensor",
    "AutoMaterializePolicy": "is superseded since 1.8: AutomationCondition.eager()",
    "AutoMaterializeRule": "is superseded since 1.8: AutomationCondition",
    "AutoMaterializeSensorDefinition": "is superseded since 1.8: AutomationConditionSensorDefinition",
    "LegacyFreshnessPolicy": "is superseded since 1.11: FreshnessPolicy on asset specs",
    "SourceAsset": "is deprecated since 1.8: AssetSpec",
    "observable_source_asset": "is superseded: an observable @asset or AssetSpec with a sensor that reports",
    "multi_asset_sensor": "is deprecated since 1.10: AutomationCondition",
    "external_asset_from_spec": "is gone since 1.8: pass the AssetSpec to Definitions",
    "external_assets_from_specs": "is gone since 1.8: pass the AssetSpecs to Definitions",
    "load_assets_from_dbt_project": "was removed in dagster-dbt 0.25: @dbt_assets",
    "load_assets_from_dbt_manifest": "was removed in dagster-dbt 0.25: @dbt_assets",
    "dbt_cli_resource": "was removed in dagster-dbt 0.25: DbtCliResource",
    "DbtCli": "was removed in dagster-dbt 0.21: DbtCliResource",
    "load_assets_from_airbyte_instance": "is superseded: build_airbyte_assets_definitions",
    "load_assets_from_fivetran_instance": "is superseded: build_fivetran_assets_definitions",
    "build_snowflake_io_manager": "is superseded: SnowflakePandasIOManager",
    "build_duckdb_io_manager": "is superseded: DuckDBPandasIOManager",
    "s3_pickle_io_manager": "is superseded: S3PickleIOManager",
    "gcs_pickle_io_manager": "is superseded: GCSPickleIOManager",
    "s3_resource": "is superseded: S3Resource",
    "snowflake_resource": "is superseded: SnowflakeResource",
    "slack_resource": "is superseded: SlackResource",
}
"""Name of Dagster or one of its libraries → since when, and what to use."""

ARGUMENTS = {
    ("*", "non_argument_deps"): "was removed in 1.9: deps",
    ("*", "auto_materialize_policy"): "is superseded since 1.8: automation_condition",
    ("asset", "compute_kind"): "is superseded since 1.8: kinds",
    ("multi_asset", "compute_kind"): "is kept for one kind; kinds of each AssetSpec tell more",
    ("ScheduleDefinition", "environment_vars"): "was removed in 1.2",
    ("schedule", "environment_vars"): "was removed in 1.2",
}
"""(construct, argument) → the same; `*` is any construct."""
