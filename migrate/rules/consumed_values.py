"""`AssetIn`, `AssetOut`, `In`, `Out`, `Field`, `AssetSelection`, `Output`, enums → read by other rules.

They only say something to the construct they are handed to, and leave no trace of their own.

Upstream: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

from migrate.rules import Rule

RULE = Rule(
    tuple(
        f"dagster.{name}"
        for name in (
            *(
                "AssetIn",
                "AssetOut",
                "In",
                "Out",
                "DynamicOut",
                "GraphOut",
                "GraphIn",
                "Nothing",
                "Field",
                "Noneable",
                "Array",
                "Map",
                "Shape",
                "Permissive",
                "Selector",
                "Enum",
                "EnumValue",
                "String",
                "Int",
                "Float",
                "Bool",
                "StringSource",
                "IntSource",
                "BoolSource",
                "AssetSelection",
            ),
            *(
                "Output",
                "MaterializeResult",
                "Backoff",
                "Jitter",
                "DefaultScheduleStatus",
                "DefaultSensorStatus",
            ),
            *("in_process_executor", "multiprocess_executor", "AssetCheckSpec", "AssetSpec", "SourceAsset"),
            *(
                "load_assets_from_modules",
                "load_assets_from_package_module",
                "load_asset_checks_from_modules",
            ),
            *("load_assets_from_current_module", "load_asset_checks_from_package_module"),
            *("load_assets_from_package_name", "load_asset_checks_from_package_name"),
            *("load_asset_checks_from_current_module", "load_defs", "load_from_defs_folder"),
            *("load_project_defs", "load_definitions_from_module", "load_definitions_from_modules"),
            *("load_definitions_from_package_module", "load_definitions_from_package_name"),
            *("load_definitions_from_current_module",),
            *("AutomationCondition", "AutoMaterializePolicy", "FreshnessPolicy", "LegacyFreshnessPolicy"),
            *("BackfillPolicy", "AnchorBasedFilePathMapping", "ScheduleType"),
        )
    ),
    "value",
)
